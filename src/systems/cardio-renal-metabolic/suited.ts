import { isHigh, isLow } from './case.ts';
import type { Case } from './case.ts';
import type { DrugClass } from './parameter-units.ts';
import { POLICY_LIMITS as LIMITS } from './policy-limits.ts';

type Whom = Readonly<Partial<Record<DrugClass, (patient: Case) => boolean>>>;

const anybody = (): boolean => true;
const withDiabetes = ({ person }: Case): boolean => person.type2Diabetes;
/** Nobody lowers glucose without a floor in whom it is already low. */
const withSpareGlucose = ({ person, seen }: Case): boolean =>
  person.type2Diabetes && !isLow(seen.hba1c, LIMITS.hba1cTight);
const withHeartFailure = ({ person }: Case): boolean => person.heartFailure;
const withVesselDisease = ({ person }: Case): boolean => person.ascvd;
const withHypertension = ({ hypertension }: Case): boolean => hypertension;
const overweight = ({ bmi }: Case): boolean => isHigh(bmi, LIMITS.bmiOverweight);

/** In whom a class may be tried that no guideline asks for; a class that is not named suits anybody. */
export const SUITED: Whom = {
  sulfonylurea: withSpareGlucose,
  dpp4i: withDiabetes,
  tzd: withDiabetes,
  insulin: withSpareGlucose,
  agi: withDiabetes,
  arni: ({ person, hypertension }) => person.heartFailure || hypertension,
  sgc: withHeartFailure,
  digoxin: withHeartFailure,
  omecamtiv: ({ person }) => person.reducedEjectionFraction,
  antiobesity: overweight,
  glp1ra: overweight,
  gip_glp1ra: overweight,
  smoking_cessation: ({ person }) => person.smoker,
  weight_loss: overweight,
  lifestyle: overweight,
};

/** In whom a class stays although the value that asked for it is in its goal: the drug brought it there. */
export const LASTING: Whom = {
  acei: withHypertension,
  arb: withHypertension,
  arni: withHypertension,
  ccb: withHypertension,
  thiazide: withHypertension,
  bb: withHypertension,
  mra: withHypertension,
  sglt2i: withDiabetes,
  glp1ra: withDiabetes,
  gip_glp1ra: withDiabetes,
  dpp4i: withDiabetes,
  sulfonylurea: withDiabetes,
  tzd: withDiabetes,
  agi: withDiabetes,
  insulin: withDiabetes,
  statin: anybody,
  ezetimibe: withVesselDisease,
  pcsk9i: withVesselDisease,
  bempedoic_acid: withVesselDisease,
  xoi: anybody,
  uricosuric: anybody,
  antiobesity: overweight,
};
