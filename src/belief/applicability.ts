import { readableUnit } from '../core/quantity.ts';
import type { Applicability, ApplicabilityReason, PatientHistory } from '../domain/belief.ts';
import { isRunningAt, takingProbability } from '../domain/courses.ts';
import { ageInDays, latestValue } from '../domain/readings.ts';
import type { MedicationCourse, PatientRecord } from '../domain/record.ts';
import type { System, Variable } from '../domain/system.ts';
import { exceedsMaximum, forecastInterventionOf, isForecastClass } from '../systems/doses.ts';
import { findUnsteadyCreatinine } from './acute-kidney-injury.ts';
import { currentDrugs } from './current-drugs.ts';
import { APPLICABILITY_POLICY } from './policy.ts';
import type { ApplicabilityPolicy, SupportRange } from './policy.ts';

/** The variables without a fresh value of which nothing can be said about kidney drugs. */
const REQUIRED = ['potassium', 'egfr'] as const;

interface Case {
  readonly system: System;
  readonly record: PatientRecord;
  readonly history: PatientHistory | undefined;
  readonly policy: ApplicabilityPolicy;
}

type Check = (subject: Case) => readonly ApplicabilityReason[];

const CHECKS: readonly Check[] = [
  checkPerson,
  checkConditions,
  checkKidneyAtRest,
  checkRequiredValues,
  checkSupport,
  checkMedicationList,
  checkMedicationDoubt,
  checkDoses,
];

/**
 * Decides whether the model may speak about this patient, and names everything that is unusual or missing.
 *
 * Works from the record and a table of limits alone, so it can be asked before any model is. `history` is undefined
 * when age or sex is unknown.
 */
export function assessApplicability(
  system: System,
  record: PatientRecord,
  history: PatientHistory | undefined,
  policy: ApplicabilityPolicy = APPLICABILITY_POLICY,
): Applicability {
  const reasons = CHECKS.flatMap((check) => check({ system, record, history, policy }));
  const isOutside = history === undefined || reasons.some(({ severity }) => severity === 'outside');
  return { answer: isOutside ? 'outside' : reasons.length > 0 ? 'edge' : 'inside', reasons };
}

function checkPerson({ record, history, policy }: Case): readonly ApplicabilityReason[] {
  const reasons: ApplicabilityReason[] = [];
  if (record.sex === 'unknown') {
    reasons.push(outside('sex-unknown', 'sex is not recorded, so eGFR is unknown', 'record the patient’s sex'));
  }
  if (record.birthDate === undefined) {
    reasons.push(outside('age-unknown', 'the birth date is not recorded', 'record the birth date'));
  }
  const age = history?.covariates.age;
  if (age !== undefined && age < policy.adultAge.value) {
    reasons.push(outside('age-below-18', 'the patient is not an adult', 'use paediatric guidance'));
  }
  if (age !== undefined && age > policy.edgeAge.value) {
    reasons.push(
      edge('age-above-90', 'few people of this age stand behind the model', 'read the intervals as too narrow'),
    );
  }
  return reasons;
}

function checkRequiredValues({ system, record, policy }: Case): readonly ApplicabilityReason[] {
  return REQUIRED.flatMap((id) => {
    const name = variableOf(system, id)?.name ?? id;
    const latest = latestValue(record, id);
    const help = id === 'egfr' ? 'measure creatinine' : `measure ${name}`;
    if (latest === undefined) return [missingValue(id, name, record, help)];
    const days = ageInDays(record, latest);
    if (days <= policy.freshness.value) return [];
    return [outside(`${id}-stale`, `the last ${name} is ${Math.floor(days)} days old`, help)];
  });
}

/** "Not in the record" would be a claim about the patient; when the EHR did not give its results, it is none. */
function missingValue(id: string, name: string, { availability }: PatientRecord, help: string): ApplicabilityReason {
  const { observations } = availability;
  const isGiven = observations === 'given' || observations === 'empty';
  return isGiven
    ? outside(`${id}-missing`, `there is no usable ${name} in the record`, help)
    : outside(`${id}-missing`, `the EHR did not give its results, so ${name} is unknown`, 'send the results');
}

function checkSupport({ system, record, policy }: Case): readonly ApplicabilityReason[] {
  return policy.support.flatMap((range) => {
    const latest = latestValue(record, range.variable);
    const variable = variableOf(system, range.variable);
    return latest === undefined || variable === undefined ? [] : supportReason(variable, latest.value, range);
  });
}

function supportReason(variable: Variable, value: number, range: SupportRange): readonly ApplicabilityReason[] {
  const help = `ask again when ${variable.name} is back in range`;
  const detail = `${variable.name} ${value.toFixed(variable.decimals)} ${readableUnit(variable.unit)} is`;
  if (isBeyond(value, range.outside)) {
    return [
      outside(`${range.variable}-unsupported`, `${detail} outside of what the model was built for: ${range.why}`, help),
    ];
  }
  if (!isBeyond(value, range.edge)) return [];
  return [
    edge(`${range.variable}-unusual`, `${detail} at the edge of what the model was built for: ${range.why}`, help),
  ];
}

function checkConditions({ record, policy }: Case): readonly ApplicabilityReason[] {
  const excluded = policy.excluded
    .filter(({ condition }) => record.conditions.some((entry) => entry.condition === condition && entry.active))
    .map(({ condition, words }) =>
      outside(`condition-${condition}`, words, 'if this is over, mark the condition as resolved'),
    );
  const isListed = record.availability.conditions === 'given' || record.availability.conditions === 'empty';
  if (isListed) return excluded;
  const help = 'send the problem list';
  return [
    ...excluded,
    outside('conditions-absent', 'the problem list was not given: pregnancy or dialysis would not show', help),
  ];
}

function checkKidneyAtRest({ record }: Case): readonly ApplicabilityReason[] {
  const unsteady = findUnsteadyCreatinine(record);
  if (unsteady === undefined) return [];
  const { direction, from, to } = unsteady;
  const detail = `creatinine is ${direction} (${from.toFixed(1)} to ${to.toFixed(1)} mg/dL within a week) as in acute kidney injury, so eGFR is not at rest`;
  return [outside('creatinine-unsteady', detail, 'ask again when creatinine has been steady for a week')];
}

function checkMedicationList({ record }: Case): readonly ApplicabilityReason[] {
  const { medications } = record.availability;
  if (medications === 'given' || medications === 'empty') return [];
  const help = 'send MedicationRequest and MedicationStatement';
  return [outside('medications-absent', 'what the patient takes was not given', help)];
}

function checkMedicationDoubt({ system, record, policy }: Case): readonly ApplicabilityReason[] {
  return forecastCourses(system, record).flatMap((course) => {
    const taking = takingProbability(course);
    const certainty = Math.max(taking, 1 - taking);
    const detail = `it is unclear whether the patient takes ${course.ingredient} (${course.taking.reason})`;
    const help = `reconcile ${course.ingredient}: stop the order or confirm it`;
    if (certainty < policy.doubtOutside.value) return [outside('medication-doubtful', detail, help)];
    return certainty < policy.doubtEdge.value ? [edge('medication-uncertain', detail, help)] : [];
  });
}

/**
 * Speaks of the classes that cards forecast. A drug of another class enters the belief at its known or lowest usual dose, and
 * says nothing here: a statin of unknown dose is no reason to doubt a forecast of potassium.
 */
function checkDoses({ system, record, policy }: Case): readonly ApplicabilityReason[] {
  const drugs = currentDrugs(system, record).flatMap((drug) => {
    const row = forecastInterventionOf(system, drug.ingredient);
    return row === undefined ? [] : [{ ...drug, row }];
  });
  const assumed = drugs
    .filter(({ doseAssumed }) => doseAssumed)
    .map(({ ingredient, dailyDose }) =>
      edge(
        'dose-assumed',
        `the dose of ${ingredient} is unknown and taken as ${dailyDose.value} ${dailyDose.unit}`,
        'record the dose',
      ),
    );
  const high = drugs
    .filter(({ row, dailyDose }) => exceedsMaximum(row, dailyDose))
    .map(({ ingredient }) =>
      edge('dose-above-maximum', `${ingredient} is above its usual maximum dose`, 'check the dose in the order'),
    );
  const unmodelled = forecastCourses(system, record)
    .filter((course) => takingProbability(course) >= policy.courseCounts.value)
    .filter(({ ingredient }) => forecastInterventionOf(system, ingredient) === undefined)
    .map(({ ingredient, drugClass }) => unmodelledDrug(ingredient, channelName(system, drugClass)));
  return [...assumed, ...high, ...unmodelled];
}

/** Counted as not taken, it would make the patient look free of a class that works in them. */
function unmodelledDrug(ingredient: string, className: string): ApplicabilityReason {
  const detail = `${ingredient} is taken, a ${className} whose dose the model cannot place`;
  return outside('drug-unmodelled', detail, `ask again if ${ingredient} is replaced by a drug that is in the model`);
}

function channelName(system: System, drugClass: string): string {
  return system.channels.find(({ id }) => id === drugClass)?.name ?? drugClass;
}

/** Running courses of the classes that cards forecast. */
function forecastCourses(system: System, record: PatientRecord): readonly MedicationCourse[] {
  return record.medications.filter(
    (course) => isRunningAt(course, record.asOf) && isForecastClass(system, course.drugClass),
  );
}

function variableOf(system: System, id: string): Variable | undefined {
  return system.variables.find((variable) => variable.id === id);
}

function isBeyond(value: number, [low, high]: readonly [number, number]): boolean {
  return value < low || value > high;
}

function outside(code: string, detail: string, help: string): ApplicabilityReason {
  return { code, severity: 'outside', detail, help };
}

function edge(code: string, detail: string, help: string): ApplicabilityReason {
  return { code, severity: 'edge', detail, help };
}
