import type { RiskFactors } from './risk-factors.ts';

/** What the PREVENT equations read of a person; cholesterol and HDL in mg/dL. */
export interface PreventInput {
  readonly age: number;
  readonly female: boolean;
  readonly totalCholesterol: number;
  readonly hdl: number;
  readonly sbp: number;
  readonly egfr: number;
  readonly bmi: number;
  readonly type2Diabetes: boolean;
  readonly smoker: boolean;
  readonly antihypertensive: boolean;
  readonly statin: boolean;
}

/** The first events that PREVENT foresees: coronary (fatal or non-fatal), stroke, heart failure. */
export type PreventOutcome = 'coronary' | 'stroke' | 'heartFailure';

interface Coefficients {
  readonly constant: number;
  readonly age: number;
  readonly nonHdl: number;
  readonly hdl: number;
  readonly sbpBelow110: number;
  readonly sbpAbove110: number;
  readonly diabetes: number;
  readonly smoker: number;
  readonly bmiBelow30: number;
  readonly bmiAbove30: number;
  readonly egfrBelow60: number;
  readonly egfrAbove60: number;
  readonly antihypertensive: number;
  readonly statin: number;
  readonly treatedSbp: number;
  readonly treatedNonHdl: number;
  readonly ageNonHdl: number;
  readonly ageHdl: number;
  readonly ageSbp: number;
  readonly ageDiabetes: number;
  readonly ageSmoker: number;
  readonly ageBmi: number;
  readonly ageEgfr: number;
}

const NO_LIPIDS = { nonHdl: 0, hdl: 0, statin: 0, treatedNonHdl: 0, ageNonHdl: 0, ageHdl: 0 } as const;
const NO_WEIGHT = { bmiBelow30: 0, bmiAbove30: 0, ageBmi: 0 } as const;

/**
 * The ten-year base models of PREVENT, free of race: Khan SS, Circulation 2024;149:430, doi
 * 10.1161/CIRCULATIONAHA.123.067626, supplement table S12.A.
 */
const COEFFICIENTS: Readonly<Record<PreventOutcome, { readonly female: Coefficients; readonly male: Coefficients }>> = {
  coronary: {
    female: {
      ...NO_WEIGHT,
      constant: -4.608751,
      age: 0.7587146,
      nonHdl: 0.1810949,
      hdl: -0.2014507,
      sbpBelow110: -0.0881827,
      sbpAbove110: 0.3547731,
      diabetes: 0.9045358,
      smoker: 0.5410917,
      egfrBelow60: 0.5198725,
      egfrAbove60: 0.0325935,
      antihypertensive: 0.2010642,
      statin: -0.036195,
      treatedSbp: -0.0891238,
      treatedNonHdl: 0.0750716,
      ageNonHdl: -0.0683256,
      ageHdl: 0.0484755,
      ageSbp: -0.0898086,
      ageDiabetes: -0.2569041,
      ageSmoker: -0.0786607,
      ageEgfr: -0.1597513,
    },
    male: {
      ...NO_WEIGHT,
      constant: -4.156753,
      age: 0.7423283,
      nonHdl: 0.2572109,
      hdl: -0.1820374,
      sbpBelow110: -0.3174515,
      sbpAbove110: 0.312778,
      diabetes: 0.7485249,
      smoker: 0.3912047,
      egfrBelow60: 0.376487,
      egfrAbove60: 0.0193687,
      antihypertensive: 0.1588199,
      statin: -0.0494555,
      treatedSbp: -0.0577851,
      treatedNonHdl: 0.0809765,
      ageNonHdl: -0.0517872,
      ageHdl: 0.0489033,
      ageSbp: -0.0850404,
      ageDiabetes: -0.2107552,
      ageSmoker: -0.1206397,
      ageEgfr: -0.07795,
    },
  },
  stroke: {
    female: {
      ...NO_WEIGHT,
      constant: -4.409199,
      age: 0.6907849,
      nonHdl: 0.0534279,
      hdl: -0.1055109,
      sbpBelow110: -0.113078,
      sbpAbove110: 0.3665217,
      diabetes: 0.8013721,
      smoker: 0.4187039,
      egfrBelow60: 0.4539767,
      egfrAbove60: 0.0515087,
      antihypertensive: 0.2494624,
      statin: -0.0798829,
      treatedSbp: -0.0079039,
      treatedNonHdl: 0.0833101,
      ageNonHdl: -0.0409242,
      ageHdl: 0.016994,
      ageSbp: -0.1191213,
      ageDiabetes: -0.2480549,
      ageSmoker: -0.0998063,
      ageEgfr: -0.1759075,
    },
    male: {
      ...NO_WEIGHT,
      constant: -4.20881,
      age: 0.722513,
      nonHdl: 0.0263348,
      hdl: -0.0248959,
      sbpBelow110: -0.268104,
      sbpAbove110: 0.3474634,
      diabetes: 0.684699,
      smoker: 0.3874844,
      egfrBelow60: 0.3877827,
      egfrAbove60: 0.0201965,
      antihypertensive: 0.232963,
      statin: -0.1178935,
      treatedSbp: 0.0120926,
      treatedNonHdl: 0.155739,
      ageNonHdl: 0.0141928,
      ageHdl: -0.0111745,
      ageSbp: -0.1155391,
      ageDiabetes: -0.2123743,
      ageSmoker: -0.0824133,
      ageEgfr: -0.180789,
    },
  },
  heartFailure: {
    female: {
      ...NO_LIPIDS,
      constant: -4.310409,
      age: 0.8998235,
      sbpBelow110: -0.4559771,
      sbpAbove110: 0.3576505,
      diabetes: 1.038346,
      smoker: 0.583916,
      bmiBelow30: -0.0072294,
      bmiAbove30: 0.2997706,
      egfrBelow60: 0.7451638,
      egfrAbove60: 0.0557087,
      antihypertensive: 0.3534442,
      treatedSbp: -0.0981511,
      ageSbp: -0.0946663,
      ageDiabetes: -0.3581041,
      ageSmoker: -0.1159453,
      ageBmi: -0.003878,
      ageEgfr: -0.1884289,
    },
    male: {
      ...NO_LIPIDS,
      constant: -3.946391,
      age: 0.8972642,
      sbpBelow110: -0.6811466,
      sbpAbove110: 0.3634461,
      diabetes: 0.923776,
      smoker: 0.5023736,
      bmiBelow30: -0.0485841,
      bmiAbove30: 0.3726929,
      egfrBelow60: 0.6926917,
      egfrAbove60: 0.0251827,
      antihypertensive: 0.2980922,
      treatedSbp: -0.0497731,
      ageSbp: -0.1289201,
      ageDiabetes: -0.3040924,
      ageSmoker: -0.1401688,
      ageBmi: 0.0068126,
      ageEgfr: -0.1797778,
    },
  },
};

/** mmol/L of cholesterol a mg/dL, as the equations' authors round it. */
const MMOL_PER_MG = 0.02586;

/** Risk of a first event within ten years, from 0 to 1; the equations hold from 30 to 79 years of age. */
export function preventRisk(outcome: PreventOutcome, input: PreventInput): number {
  const c = coefficientsOf(outcome, input.female);
  const decades = (input.age - 55) / 10;
  const above = (Math.max(input.sbp, 110) - 130) / 20;
  const nonHdl = (input.totalCholesterol - input.hdl) * MMOL_PER_MG - 3.5;
  const logit =
    personalLogit(c, input, decades, decades) +
    (c.sbpBelow110 * (Math.min(input.sbp, 110) - 110)) / 20 +
    (c.sbpAbove110 + c.ageSbp * decades) * above +
    (c.nonHdl + c.ageNonHdl * decades) * nonHdl +
    (input.antihypertensive ? c.antihypertensive + c.treatedSbp * above : 0) +
    (input.statin ? c.statin + c.treatedNonHdl * nonHdl : 0);
  return 1 / (1 + Math.exp(-logit));
}

/** Half of the ten years over which a risk is summed: the mean hazard is that of a person so much older. Unit: a. */
const MIDDLE = 5;

/** Beyond this age (a) the interactions with age are held: a little later a low GFR would protect men from stroke. */
const INTERACTIONS_UP_TO = 75;

/**
 * Natural logarithm of the hazard (/a) of a first event at a systolic pressure of 130 mm[Hg], a non-HDL cholesterol of
 * 3.5 mmol/L and without drugs.
 *
 * From the ten-year risk p by −ln(1 − p)/10, which is the hazard in the middle of the ten years. Pressure, cholesterol
 * and treatment are left out because the equations associate where a simulation must cause: those terms come from
 * trials (rows `<event>.sbp`, `<event>.ldl`), and being treated is no cause of an infarction.
 */
export function logPreventHazard(outcome: PreventOutcome, factors: RiskFactors): number {
  const c = coefficientsOf(outcome, factors.female);
  const age = factors.age - MIDDLE;
  const logit = personalLogit(c, factors, (age - 55) / 10, (Math.min(age, INTERACTIONS_UP_TO) - 55) / 10);
  // −ln(1 − 1/(1 + e^−x)) = ln(1 + e^x)
  return Math.log(Math.log1p(Math.exp(logit)) / 10);
}

function coefficientsOf(outcome: PreventOutcome, female: boolean): Coefficients {
  return female ? COEFFICIENTS[outcome].female : COEFFICIENTS[outcome].male;
}

type Personal = Pick<PreventInput, 'hdl' | 'egfr' | 'bmi' | 'type2Diabetes' | 'smoker'>;

/** The part of the equation that neither pressure, cholesterol nor drugs enter; `interacting`: decades in products. */
function personalLogit(c: Coefficients, person: Personal, decades: number, interacting: number): number {
  const hdl = (person.hdl * MMOL_PER_MG - 1.3) / 0.3;
  return (
    c.constant +
    c.age * decades +
    (c.hdl + c.ageHdl * interacting) * hdl +
    (person.type2Diabetes ? c.diabetes + c.ageDiabetes * interacting : 0) +
    (person.smoker ? c.smoker + c.ageSmoker * interacting : 0) +
    ((c.egfrBelow60 + c.ageEgfr * interacting) * (60 - Math.min(person.egfr, 60))) / 15 +
    (c.egfrAbove60 * (90 - Math.max(person.egfr, 60))) / 15 +
    (c.bmiBelow30 * (Math.min(person.bmi, 30) - 25)) / 5 +
    ((c.bmiAbove30 + c.ageBmi * interacting) * (Math.max(person.bmi, 30) - 30)) / 5
  );
}
