import type { Concept } from './fhir-resource.ts';
import { SNOMED, drugConcept } from './fhir-resource.ts';
import { PROBLEMS } from './fhir-conditions.ts';
import type { Cast } from './scripted-life.ts';
import type { VariableId } from './seen.ts';

/** One person of the demo clinic: who is cast, which last values the story needs, and which order waits. */
export interface Story {
  readonly id: string;
  readonly name: { readonly family: string; readonly given: string };
  /** One line that tells a clinician why this patient is here. */
  readonly text: string;
  readonly cast: Cast;
  /** Bounds of the last measured values; lives are drawn until one fits. */
  readonly ends: Partial<Readonly<Record<VariableId, readonly [low: number, high: number]>>>;
  readonly draft: { readonly ingredient: string; readonly dailyDose: number };
  readonly problems?: readonly Concept[];
  readonly allergy?: { readonly substance: Concept; readonly reaction: Concept };
}

const VITALS: readonly VariableId[] = ['sbp', 'dbp', 'heart_rate'];
const BLOOD: readonly VariableId[] = ['potassium', 'egfr', ...VITALS, 'body_weight'];
const LIPIDS: readonly VariableId[] = ['ldl', 'hdl', 'triglycerides'];

/** What a heart failure, a diabetes and a hypertension clinic measure, and what they repeat from phase to phase only. */
const HEART_CLINIC = { measures: BLOOD, measuresOnce: ['nt_probnp', 'lvef', 'urate'] } as const;
const DIABETES_CLINIC = {
  measures: [...BLOOD, 'hba1c'],
  measuresOnce: [...LIPIDS, 'fasting_glucose', 'uacr'],
} as const;
const PRESSURE_CLINIC = { measures: BLOOD, measuresOnce: LIPIDS } as const;
const DIALYSIS_UNIT = { measures: BLOOD } as const;
const FRONT_DESK = { measures: VITALS } as const;

const HEART = { heartFailure: true, reducedEjectionFraction: true, type2Diabetes: false } as const;
const DIABETES = { heartFailure: false, reducedEjectionFraction: false, type2Diabetes: true } as const;
const NEITHER = { heartFailure: false, reducedEjectionFraction: false, type2Diabetes: false } as const;

/**
 * The invented people of the demo clinic. Setpoints only steer the draw towards the story: the values that the chart
 * shows come out of the virtual patient, by drawing lives until the last values lie in `ends`.
 */
export const STORIES: readonly Story[] = [
  {
    id: 'helga-brandt',
    name: { family: 'Brandt', given: 'Helga' },
    text: 'Heart failure with reduced ejection fraction, potassium near 4.9 and eGFR near 38 on an ACE inhibitor: spironolactone is about to be added.',
    cast: {
      person: { ...HEART, female: true, age: 71 },
      setpoints: { gfr: 43, potassium: 4.45, sbp: 142 },
      phases: [
        { drugs: { lisinopril: 10, furosemide: 40, carvedilol: 12.5 }, visits: [0, 84, 175] },
        { drugs: { lisinopril: 20, furosemide: 40, carvedilol: 25 }, visits: [12, 95, 188, 279] },
      ],
      ...HEART_CLINIC,
    },
    ends: { potassium: [4.85, 4.95], egfr: [36.5, 39.4], sbp: [108, 136], heart_rate: [58, 78] },
    draft: { ingredient: 'spironolactone', dailyDose: 25 },
  },
  {
    id: 'rashid-karimi',
    name: { family: 'Karimi', given: 'Rashid' },
    text: 'Type 2 diabetes with kidney disease on losartan: an SGLT2 inhibitor is about to be started.',
    cast: {
      person: { ...DIABETES, female: false, age: 63 },
      setpoints: { gfr: 47, potassium: 4.4, sbp: 148, hba1c: 7.9 },
      phases: [{ drugs: { losartan: 100 }, visits: [0, 92, 181, 270, 364] }],
      ...DIABETES_CLINIC,
    },
    ends: { potassium: [4.4, 4.9], egfr: [41, 48], hba1c: [7.4, 8.4], sbp: [128, 152] },
    draft: { ingredient: 'empagliflozin', dailyDose: 10 },
    problems: [PROBLEMS.hypertension],
  },
  {
    id: 'joan-whitfield',
    name: { family: 'Whitfield', given: 'Joan' },
    text: 'Heart failure, still taking enalapril: sacubitril/valsartan is about to be ordered beside it.',
    cast: {
      person: { ...HEART, female: true, age: 66 },
      setpoints: { gfr: 64, potassium: 4.2, sbp: 145 },
      phases: [
        { drugs: { enalapril: 10, bisoprolol: 5 }, visits: [0, 70] },
        { drugs: { enalapril: 20, bisoprolol: 5, furosemide: 20 }, visits: [14, 101, 190] },
      ],
      ...HEART_CLINIC,
    },
    ends: { potassium: [4.1, 4.7], egfr: [55, 66], sbp: [112, 134] },
    draft: { ingredient: 'sacubitril-valsartan', dailyDose: 200 },
  },
  {
    id: 'amara-nwosu',
    name: { family: 'Nwosu', given: 'Amara' },
    text: 'Pregnant, with hypertension on labetalol: lisinopril is about to be ordered.',
    cast: {
      person: { ...NEITHER, female: true, age: 31 },
      setpoints: { gfr: 104, potassium: 4.1, sbp: 152, heartRate: 84, weight: 74, hba1c: 5.3 },
      phases: [
        { drugs: {}, visits: [0] },
        { drugs: { labetalol: 400 }, visits: [28, 63] },
      ],
      ...PRESSURE_CLINIC,
    },
    ends: { potassium: [3.8, 4.4], egfr: [94, 114], sbp: [132, 154] },
    draft: { ingredient: 'lisinopril', dailyDose: 10 },
    problems: [PROBLEMS.hypertension, PROBLEMS.pregnancy],
  },
  {
    id: 'piotr-zielinski',
    name: { family: 'Zieliński', given: 'Piotr' },
    text: 'Potassium 5.6 on ramipril with kidney disease: eplerenone is about to be added.',
    cast: {
      person: { ...HEART, female: false, age: 74 },
      setpoints: { gfr: 36, potassium: 4.75, sbp: 138 },
      phases: [{ drugs: { ramipril: 10, bisoprolol: 5 }, visits: [0, 88, 160, 230] }],
      ...HEART_CLINIC,
    },
    ends: { potassium: [5.55, 5.64], egfr: [30, 38], sbp: [106, 138] },
    draft: { ingredient: 'eplerenone', dailyDose: 25 },
  },
  {
    id: 'marguerite-dubois',
    name: { family: 'Dubois', given: 'Marguerite' },
    text: 'Angioedema under lisinopril years ago, heart failure now: enalapril is about to be ordered.',
    cast: {
      person: { ...HEART, female: true, age: 69 },
      setpoints: { gfr: 58, potassium: 4.2, sbp: 144 },
      phases: [{ drugs: { carvedilol: 25, furosemide: 40 }, visits: [0, 90, 177] }],
      ...HEART_CLINIC,
    },
    ends: { potassium: [3.9, 4.4], egfr: [52, 63], sbp: [116, 142] },
    draft: { ingredient: 'enalapril', dailyDose: 5 },
    allergy: {
      substance: drugConcept('lisinopril', 'lisinopril', true),
      reaction: { text: 'Angioedema', coding: [{ system: SNOMED, code: '41291007', display: 'Angioedema' }] },
    },
  },
  {
    id: 'tomas-oliveira',
    name: { family: 'Oliveira', given: 'Tomás' },
    text: 'New to the clinic, no laboratory values at all: lisinopril is about to be started.',
    cast: {
      person: { ...NEITHER, female: false, age: 54 },
      setpoints: { gfr: 85, sbp: 164 },
      phases: [{ drugs: {}, visits: [0] }],
      ...FRONT_DESK,
    },
    ends: { sbp: [154, 174] },
    draft: { ingredient: 'lisinopril', dailyDose: 10 },
    problems: [PROBLEMS.hypertension],
  },
  {
    id: 'winston-clarke',
    name: { family: 'Clarke', given: 'Winston' },
    text: 'On dialysis three times a week: losartan is about to be ordered.',
    cast: {
      person: { ...NEITHER, female: false, age: 58 },
      setpoints: { gfr: 9, potassium: 4.6, sbp: 160 },
      phases: [{ drugs: { carvedilol: 25 }, visits: [0, 30, 61, 92] }],
      ...DIALYSIS_UNIT,
    },
    ends: { potassium: [4.8, 5.4], egfr: [6, 11] },
    draft: { ingredient: 'losartan', dailyDose: 25 },
    problems: [PROBLEMS.dialysis, PROBLEMS.hypertension],
  },
  {
    id: 'ingrid-solberg',
    name: { family: 'Solberg', given: 'Ingrid' },
    text: 'Hypertension not at target on lisinopril 10 mg: the dose is about to be doubled.',
    cast: {
      person: { ...NEITHER, female: true, age: 60 },
      setpoints: { gfr: 76, potassium: 4.25, sbp: 162 },
      phases: [
        { drugs: {}, visits: [0] },
        { drugs: { lisinopril: 10 }, visits: [21, 84, 168] },
      ],
      ...PRESSURE_CLINIC,
    },
    ends: { potassium: [4.1, 4.6], egfr: [68, 82], sbp: [146, 160] },
    draft: { ingredient: 'lisinopril', dailyDose: 20 },
    problems: [PROBLEMS.hypertension],
  },
  {
    id: 'george-papadakis',
    name: { family: 'Papadakis', given: 'George' },
    text: 'Potassium 6.3 on lisinopril and spironolactone: furosemide is about to be ordered.',
    cast: {
      person: { ...HEART, female: false, age: 78 },
      setpoints: { gfr: 27, potassium: 5.0, sbp: 140 },
      phases: [
        { drugs: { lisinopril: 20, bisoprolol: 5 }, visits: [0, 75, 160] },
        { drugs: { lisinopril: 20, bisoprolol: 5, spironolactone: 25 }, visits: [24] },
      ],
      ...HEART_CLINIC,
    },
    ends: { potassium: [6.25, 6.34], egfr: [20, 28] },
    draft: { ingredient: 'furosemide', dailyDose: 40 },
  },
  {
    id: 'li-wen-chen',
    name: { family: 'Chen', given: 'Li-Wen' },
    text: 'Heart failure with swollen legs, potassium near 3.7: furosemide is about to be doubled.',
    cast: {
      person: { ...HEART, female: true, age: 73 },
      setpoints: { gfr: 55, potassium: 4.1, sbp: 140, weight: 71 },
      phases: [{ drugs: { candesartan: 8, furosemide: 40, bisoprolol: 2.5 }, visits: [0, 80, 150, 182] }],
      ...HEART_CLINIC,
    },
    ends: { potassium: [3.65, 3.84], egfr: [46, 56], sbp: [104, 134] },
    draft: { ingredient: 'furosemide', dailyDose: 80 },
  },
  {
    id: 'samuel-adeyemi',
    name: { family: 'Adeyemi', given: 'Samuel' },
    text: 'Type 2 diabetes with kidney disease, taking losartan: lisinopril is about to be added.',
    cast: {
      person: { ...DIABETES, female: false, age: 68 },
      setpoints: { gfr: 52, potassium: 4.3, sbp: 156, hba1c: 7.2 },
      phases: [{ drugs: { losartan: 100 }, visits: [0, 100, 196] }],
      ...DIABETES_CLINIC,
    },
    ends: { potassium: [4.3, 4.8], egfr: [45, 56], sbp: [136, 160] },
    draft: { ingredient: 'lisinopril', dailyDose: 10 },
    problems: [PROBLEMS.hypertension],
  },
];
