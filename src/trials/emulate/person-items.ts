import { VARIABLES } from '../../systems/cardio-renal-metabolic/schema.ts';
import type { Person } from '../../systems/cardio-renal-metabolic/individual.ts';
import { VARIABLE_INDEX } from '../../systems/cardio-renal-metabolic/seen.ts';
import type { PersonItems } from '../eligibility.ts';

/** What baseline tables and eligibility say of one person, by item. `levels`: by `System.variables`, as treated. */
export function personItems(person: Person, levels: readonly number[]): PersonItems {
  const egfr = levels[VARIABLE_INDEX.egfr] ?? Number.NaN;
  return {
    ...Object.fromEntries(VARIABLES.map(({ id }, index) => [id, levels[index]])),
    age: person.age,
    bmi: (levels[VARIABLE_INDEX.body_weight] ?? Number.NaN) / (person.height / 100) ** 2,
    female: Number(person.female),
    type_2_diabetes: Number(person.type2Diabetes),
    ascvd: Number(person.ascvd),
    heart_failure: Number(person.heartFailure),
    reduced_ejection_fraction: Number(person.reducedEjectionFraction),
    smoker: Number(person.smoker),
    chronic_kidney_disease: Number(egfr < CKD_GFR || (levels[VARIABLE_INDEX.uacr] ?? 0) >= CKD_UACR),
  };
}

/** Chronic kidney disease: GFR (mL/min/{1.73_m2}) below, or albuminuria (mg/g) from here on; KDIGO 2024, doi 10.1016/j.kint.2023.10.018. */
const CKD_GFR = 60;
const CKD_UACR = 30;
