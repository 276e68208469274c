import { countOf, isHigh, isLow, isPressureHigh, takes } from './case.ts';
import type { Case } from './case.ts';
import { AXES } from './components.ts';
import type { DrugClass } from './parameter-units.ts';
import { GUIDELINES as G, POLICY_LIMITS as LIMITS } from './policy-limits.ts';
import type { Prescription } from './prescription.ts';

/** One reason for which the simulated clinicians start a class. */
export interface Indication {
  readonly drugClass: DrugClass;
  /** Values ask for something on the day that they are measured, conditions on every day. */
  readonly when: (patient: Case, present: Prescription) => boolean;
  /** How readily it is followed, 0 to 1; a design of the cohort, with the wish that all that is indicated occurs often. */
  readonly strength: number;
  /** While this holds the dose is raised to its reference; left out: always. */
  readonly raise?: (patient: Case) => boolean;
  /** Set where the guideline asks for the reference dose from the first day. */
  readonly startsAtTarget?: true;
  /** DOI of the guideline. */
  readonly source: string;
}

/** Classes of which at most one is taken at a time: one axis, one receptor, one programme. */
export const EXCLUSIVE: readonly (readonly DrugClass[])[] = [...AXES, ['lifestyle', 'weight_loss']];

const GLUCOSE_DRUGS: readonly DrugClass[] = [
  'biguanide',
  'sulfonylurea',
  'dpp4i',
  'glp1ra',
  'gip_glp1ra',
  'tzd',
  'sglt2i',
  'agi',
];
const PRESSURE_DRUGS: readonly DrugClass[] = ['acei', 'arb', 'arni', 'ccb', 'thiazide'];

const isSweet = ({ fresh }: Case): boolean => isHigh(fresh.hba1c, LIMITS.hba1cGoal);
const isObese = ({ bmi }: Case): boolean => isHigh(bmi, LIMITS.bmiObesity);
const hasDiabetes = ({ person }: Case): boolean => person.type2Diabetes;
const hasReducedFraction = ({ person }: Case): boolean => person.reducedEjectionFraction;
const isAboveUrateGoal = ({ fresh }: Case): boolean => isHigh(fresh.urate, LIMITS.urateGoal);
const isAtRiskOfGout = ({ fresh }: Case): boolean => isHigh(fresh.urate, LIMITS.urateHigh);

/** On metformin, or in whom it may not be given, and still above the goal. */
function needsMore(patient: Case, present: Prescription): boolean {
  const isFirstDone = takes(present, 'biguanide') || isLow(patient.seen.egfr, LIMITS.egfrMetformin);
  return hasDiabetes(patient) && isSweet(patient) && isFirstDone;
}

function needsPressure(patient: Case): boolean {
  return patient.hypertension ? isPressureHigh(patient) : isHigh(patient.fresh.sbp, LIMITS.sbpHypertension);
}

/** Why clinicians prescribe: a new class is a row. */
export const INDICATIONS: readonly Indication[] = [
  // Heart failure.
  { drugClass: 'acei', when: ({ person }) => person.heartFailure, strength: 0.5, source: G.heartFailure },
  { drugClass: 'arb', when: ({ person }) => person.heartFailure, strength: 0.35, source: G.heartFailure },
  { drugClass: 'arni', when: hasReducedFraction, strength: 0.5, source: G.heartFailure },
  { drugClass: 'bb', when: hasReducedFraction, strength: 0.9, source: G.heartFailure },
  { drugClass: 'mra', when: hasReducedFraction, strength: 0.7, source: G.heartFailure },
  { drugClass: 'mra', when: ({ person }) => person.heartFailure, strength: 0.45, source: G.heartFailure },
  { drugClass: 'sglt2i', when: ({ person }) => person.heartFailure, strength: 0.55, source: G.heartFailure },
  { drugClass: 'loop', when: ({ person }) => person.heartFailure, strength: 0.6, source: G.heartFailure },
  { drugClass: 'sgc', when: hasReducedFraction, strength: 0.06, source: G.heartFailure },
  { drugClass: 'digoxin', when: hasReducedFraction, strength: 0.06, source: G.heartFailure },
  // Kidney.
  { drugClass: 'acei', when: (each) => each.chronicKidneyDisease, strength: 0.5, source: G.kidney },
  { drugClass: 'arb', when: (each) => each.chronicKidneyDisease, strength: 0.5, source: G.kidney },
  { drugClass: 'sglt2i', when: (each) => each.chronicKidneyDisease, strength: 0.35, source: G.kidney },
  {
    drugClass: 'mra',
    when: (each) => hasDiabetes(each) && each.chronicKidneyDisease && isHigh(each.fresh.uacr, LIMITS.albuminuria),
    strength: 0.3,
    source: G.diabetesInCkd,
  },
  // Pressure: first one class, then another; an MRA where three do not suffice.
  { drugClass: 'acei', when: needsPressure, strength: 0.5, raise: needsPressure, source: G.pressure },
  { drugClass: 'arb', when: needsPressure, strength: 0.4, raise: needsPressure, source: G.pressure },
  { drugClass: 'ccb', when: needsPressure, strength: 0.45, raise: needsPressure, source: G.pressure },
  { drugClass: 'thiazide', when: needsPressure, strength: 0.35, raise: needsPressure, source: G.pressure },
  {
    drugClass: 'mra',
    when: (each, present) => needsPressure(each) && countOf(present, PRESSURE_DRUGS) >= 3,
    strength: 0.3,
    raise: needsPressure,
    source: G.pressure,
  },
  {
    drugClass: 'bb',
    when: (each) => each.person.ascvd || (each.hypertension && needsPressure(each)),
    strength: 0.25,
    raise: needsPressure,
    source: G.coronary,
  },
  { drugClass: 'dash', when: needsPressure, strength: 0.1, source: G.pressure },
  { drugClass: 'sodium_restriction', when: needsPressure, strength: 0.12, source: G.pressure },
  { drugClass: 'exercise', when: needsPressure, strength: 0.08, source: G.pressure },
  // Glucose: metformin first, then by what else the patient has, insulin late.
  { drugClass: 'biguanide', when: hasDiabetes, strength: 0.9, raise: isSweet, source: G.glycaemicDrugs },
  {
    drugClass: 'sglt2i',
    when: (each) => hasDiabetes(each) && (each.person.ascvd || each.chronicKidneyDisease),
    strength: 0.45,
    source: G.glycaemicDrugs,
  },
  { drugClass: 'sglt2i', when: needsMore, strength: 0.3, raise: isSweet, source: G.glycaemicDrugs },
  {
    drugClass: 'glp1ra',
    when: (each) => hasDiabetes(each) && each.person.ascvd,
    strength: 0.3,
    source: G.glycaemicDrugs,
  },
  {
    drugClass: 'glp1ra',
    when: (each, present) => needsMore(each, present) && isObese(each),
    strength: 0.3,
    raise: isSweet,
    source: G.glycaemicDrugs,
  },
  {
    drugClass: 'gip_glp1ra',
    when: (each, present) => needsMore(each, present) && isObese(each),
    strength: 0.2,
    raise: (each) => isSweet(each) || isObese(each),
    source: G.glycaemicDrugs,
  },
  { drugClass: 'dpp4i', when: needsMore, strength: 0.25, raise: isSweet, source: G.glycaemicDrugs },
  { drugClass: 'sulfonylurea', when: needsMore, strength: 0.3, raise: isSweet, source: G.glycaemicDrugs },
  {
    drugClass: 'tzd',
    when: (each, present) => needsMore(each, present) && !each.person.heartFailure,
    strength: 0.1,
    raise: isSweet,
    source: G.glycaemicDrugs,
  },
  { drugClass: 'agi', when: needsMore, strength: 0.03, raise: isSweet, source: G.glycaemicDrugs },
  {
    drugClass: 'insulin',
    when: (each, present) => needsMore(each, present) && countOf(present, GLUCOSE_DRUGS) >= 2,
    strength: 0.35,
    raise: isSweet,
    source: G.glycaemicDrugs,
  },
  {
    drugClass: 'insulin',
    when: (each) => hasDiabetes(each) && isHigh(each.fresh.hba1c, LIMITS.hba1cInsulin),
    strength: 0.7,
    raise: isSweet,
    source: G.glycaemicDrugs,
  },
  // Weight, and diabetes not yet there.
  { drugClass: 'glp1ra', when: isObese, strength: 0.06, raise: isObese, source: G.obesity },
  { drugClass: 'gip_glp1ra', when: isObese, strength: 0.06, raise: isObese, source: G.obesity },
  { drugClass: 'antiobesity', when: isObese, strength: 0.03, raise: isObese, source: G.obesity },
  { drugClass: 'weight_loss', when: isObese, strength: 0.12, source: G.obesity },
  {
    drugClass: 'lifestyle',
    when: (each) =>
      (hasDiabetes(each) || isHigh(each.fresh.hba1c, LIMITS.hba1cPrediabetes)) &&
      isHigh(each.bmi, LIMITS.bmiOverweight),
    strength: 0.15,
    source: G.diabetesPrevention,
  },
  // Lipids and what clots.
  {
    drugClass: 'statin',
    when: ({ person }) => person.ascvd,
    strength: 0.9,
    startsAtTarget: true,
    source: G.cholesterol,
  },
  { drugClass: 'statin', when: hasDiabetes, strength: 0.6, source: G.cholesterol },
  {
    drugClass: 'statin',
    when: ({ fresh }) => isHigh(fresh.ldl, LIMITS.ldlSevere),
    strength: 0.8,
    startsAtTarget: true,
    source: G.cholesterol,
  },
  {
    drugClass: 'statin',
    when: ({ fresh }) => isHigh(fresh.ldl, LIMITS.ldlPrimary),
    strength: 0.4,
    source: G.cholesterol,
  },
  {
    drugClass: 'ezetimibe',
    when: ({ person, fresh }, present) =>
      person.ascvd && takes(present, 'statin') && isHigh(fresh.ldl, LIMITS.ldlSecondary),
    strength: 0.3,
    source: G.cholesterol,
  },
  {
    drugClass: 'pcsk9i',
    when: ({ person, fresh }, present) =>
      person.ascvd && takes(present, 'ezetimibe') && isHigh(fresh.ldl, LIMITS.ldlSecondary),
    strength: 0.15,
    startsAtTarget: true,
    source: G.cholesterol,
  },
  {
    drugClass: 'bempedoic_acid',
    when: ({ person, fresh }, present) =>
      person.ascvd && !takes(present, 'statin') && isHigh(fresh.ldl, LIMITS.ldlSecondary),
    strength: 0.1,
    source: G.coronary,
  },
  { drugClass: 'aspirin', when: ({ person }) => person.ascvd, strength: 0.8, startsAtTarget: true, source: G.coronary },
  { drugClass: 'smoking_cessation', when: ({ person }) => person.smoker, strength: 0.15, source: G.coronary },
  {
    drugClass: 'xoi',
    when: isAtRiskOfGout,
    strength: 0.35,
    raise: isAboveUrateGoal,
    source: G.gout,
  },
  {
    drugClass: 'uricosuric',
    when: (each, present) => isAboveUrateGoal(each) && takes(present, 'xoi'),
    strength: 0.08,
    raise: isAboveUrateGoal,
    source: G.gout,
  },
];
