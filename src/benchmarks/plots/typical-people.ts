import { individualFrom } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Individual, Person, Setpoints } from '../../systems/cardio-renal-metabolic/individual.ts';
import type { Scores } from '../../systems/cardio-renal-metabolic/draws.ts';
import { PARAMETER_IDS } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { publishedParameters } from '../../systems/cardio-renal-metabolic/parameters.ts';

/** Somebody whom a physician knows: chosen by hand to look at, not drawn and no claim about anybody. */
export interface TypicalPerson {
  readonly title: string;
  readonly person: Person;
  readonly setpoints: Setpoints;
}

const NOBODY: Person = {
  age: 55,
  female: false,
  height: 176,
  heartFailure: false,
  reducedEjectionFraction: false,
  type2Diabetes: false,
  diabetesYears: 0,
  ascvd: false,
  smoker: false,
  slco1b1: 0,
};

const HEALTHY: Setpoints = {
  potassium: 4.3,
  gfr: 98,
  sbp: 118,
  dbp: 74,
  heartRate: 70,
  weight: 65,
  hba1c: 5.3,
  ldl: 115,
  hdl: 60,
  triglycerides: 90,
  uacr: 5,
  ntProbnp: 45,
  lvef: 63,
  urate: 4.5,
};

const MIDDLE_AGED: Setpoints = {
  ...HEALTHY,
  gfr: 88,
  weight: 86,
  hba1c: 5.6,
  ldl: 130,
  hdl: 46,
  triglycerides: 130,
  urate: 6.2,
};

/** The people of the plots. */
export const PEOPLE = {
  healthy: { title: 'healthy, 45', person: { ...NOBODY, age: 45, female: true, height: 165 }, setpoints: HEALTHY },
  diabetes: {
    title: 'type 2 diabetes, 60',
    person: { ...NOBODY, age: 60, height: 175, type2Diabetes: true, diabetesYears: 8 },
    setpoints: {
      ...MIDDLE_AGED,
      gfr: 85,
      sbp: 138,
      dbp: 82,
      heartRate: 76,
      weight: 95,
      hba1c: 8.2,
      ldl: 120,
      hdl: 41,
      triglycerides: 170,
      uacr: 20,
      ntProbnp: 70,
      urate: 6.3,
    },
  },
  hypertension: {
    title: 'hypertension, 55',
    person: NOBODY,
    setpoints: {
      ...MIDDLE_AGED,
      sbp: 158,
      dbp: 95,
      heartRate: 74,
      weight: 88,
      hba1c: 5.7,
      uacr: 12,
      ntProbnp: 60,
      urate: 6.4,
    },
  },
  kidney: {
    title: 'CKD G3b A3, 68',
    person: { ...NOBODY, age: 68, female: true, height: 162 },
    setpoints: {
      ...MIDDLE_AGED,
      potassium: 4.5,
      gfr: 38,
      sbp: 150,
      dbp: 82,
      weight: 74,
      hba1c: 5.8,
      uacr: 600,
      ntProbnp: 280,
      urate: 7.2,
    },
  },
  reducedEf: {
    title: 'HFrEF, 70',
    person: { ...NOBODY, age: 70, heartFailure: true, reducedEjectionFraction: true, ascvd: true },
    setpoints: {
      ...MIDDLE_AGED,
      gfr: 60,
      sbp: 126,
      dbp: 74,
      heartRate: 80,
      weight: 82,
      ldl: 105,
      uacr: 25,
      ntProbnp: 2300,
      lvef: 29,
      urate: 7.2,
    },
  },
  preservedEf: {
    title: 'HFpEF, 74, obese',
    person: { ...NOBODY, age: 74, female: true, height: 162, heartFailure: true },
    setpoints: {
      ...MIDDLE_AGED,
      gfr: 55,
      sbp: 148,
      dbp: 78,
      heartRate: 74,
      weight: 95,
      hba1c: 6,
      hdl: 50,
      uacr: 30,
      ntProbnp: 700,
      lvef: 60,
      urate: 6.8,
    },
  },
  dyslipidaemia: {
    title: 'high LDL, prior infarction, 62',
    person: { ...NOBODY, age: 62, ascvd: true },
    setpoints: { ...MIDDLE_AGED, gfr: 80, sbp: 134, dbp: 80, ldl: 165, hdl: 44, triglycerides: 170, ntProbnp: 90 },
  },
  gout: {
    title: 'gout, 60',
    person: { ...NOBODY, age: 60 },
    setpoints: { ...MIDDLE_AGED, gfr: 75, sbp: 138, dbp: 84, urate: 9.5 },
  },
  obesity: {
    title: 'obesity, prediabetes, 50',
    person: { ...NOBODY, age: 50, female: true, height: 165 },
    setpoints: { ...MIDDLE_AGED, sbp: 134, dbp: 84, weight: 100, hba1c: 6, hdl: 48, triglycerides: 150, urate: 5.6 },
  },
  smoker: {
    title: 'smoker, 52',
    person: { ...NOBODY, age: 52, smoker: true },
    setpoints: { ...MIDDLE_AGED, sbp: 132, dbp: 82, weight: 80, heartRate: 78 },
  },
} as const satisfies Readonly<Record<string, TypicalPerson>>;

/** Names one of the people. */
export type PersonId = keyof typeof PEOPLE;

/** Scores of the person who stands in the middle of every spread. */
export const AVERAGE_SCORES = Object.fromEntries(PARAMETER_IDS.map((id) => [id, 0])) as Scores;

/** Builds a typical person, in the middle of every spread unless other scores are given. */
export function individualOf(
  id: PersonId,
  changed: Partial<Setpoints> = {},
  scores: Scores = AVERAGE_SCORES,
): Individual {
  const { person, setpoints } = PEOPLE[id];
  return individualFrom(publishedParameters(), scores, { person, setpoints: { ...setpoints, ...changed } });
}
