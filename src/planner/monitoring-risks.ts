import { ageOf } from '../belief/history.ts';
import { APPLICABILITY_POLICY } from '../belief/policy.ts';
import { traitsOf } from '../belief/traits.ts';
import { isRunningAt, takingProbability } from '../domain/courses.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';

/** What a record shows of the risks that the monitoring facts name as reasons for an earlier check. */
export type MonitoringRisk = 'age-60' | 'chronic-kidney-disease' | 'acute-kidney-injury' | 'raas-inhibitor';

/** Age 60 or over: the facts raasi.monitoring.high_risk and loop.monitoring.high_risk. Unit: a. */
const OLDER_AGE = 60;

/** An ACE inhibitor, ARB or MRA: the fact loop.monitoring.high_risk; sacubitril/valsartan holds an ARB. */
const RAAS_CLASSES: readonly string[] = ['acei', 'arb', 'arni', 'mra'];

const SIGNS: Readonly<Record<MonitoringRisk, (system: System, record: PatientRecord) => boolean>> = {
  'age-60': (_, record) => (ageOf(record) ?? 0) >= OLDER_AGE,
  'chronic-kidney-disease': (system, record) =>
    traitsOf(system, record)[system.traits.indexOf('chronic_kidney_disease')] === true,
  'acute-kidney-injury': (_, record) => record.conditions.some(({ condition }) => condition === 'acute_kidney_injury'),
  'raas-inhibitor': (_, record) => takesRaasInhibitor(record),
};

/** The risks that a record shows; one that it does not show is unknown, not absent. */
export function monitoringRisks(system: System, record: PatientRecord): readonly MonitoringRisk[] {
  return (Object.keys(SIGNS) as MonitoringRisk[]).filter((risk) => SIGNS[risk](system, record));
}

function takesRaasInhibitor(record: PatientRecord): boolean {
  return record.medications.some(
    (course) =>
      RAAS_CLASSES.includes(course.drugClass) &&
      isRunningAt(course, record.asOf) &&
      takingProbability(course) >= APPLICABILITY_POLICY.courseCounts.value,
  );
}
