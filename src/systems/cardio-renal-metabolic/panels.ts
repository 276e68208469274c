import type { Case } from './case.ts';
import { takes } from './case.ts';
import { COHORT_DESIGN as DESIGN } from './cohort-design.ts';
import type { DrugClass } from './parameter-units.ts';
import type { Prescription } from './prescription.ts';
import { VARIABLE_INDEX } from './seen.ts';
import type { VariableId } from './seen.ts';

/** What is measured together: one tube, one cuff, one urine. */
interface Panel {
  readonly variables: readonly VariableId[];
  readonly chance: keyof typeof DESIGN.measured;
  /** In whom it is measured because it matters; there its chance is the higher one. */
  readonly when: (patient: Case, taken: Prescription) => boolean;
  /** Not again at home before so many days; unit: d. */
  readonly soonest: number;
  /** Chance on each day in hospital. */
  readonly onWard: (patient: Case) => number;
}

/** Classes under which potassium and kidney function are watched. */
const WATCHED: readonly DrugClass[] = ['acei', 'arb', 'arni', 'mra', 'sglt2i', 'loop', 'thiazide', 'digoxin'];

const LIPID_DRUGS: readonly DrugClass[] = ['statin', 'ezetimibe', 'pcsk9i', 'bempedoic_acid'];

const takesAny = (taken: Prescription, classes: readonly DrugClass[]): boolean =>
  classes.some((drugClass) => takes(taken, drugClass));

/** Who is measured when: designs of the cohort (`COHORT_DESIGN.measured`), so that what is missing depends on the patient. */
const PANELS: readonly Panel[] = [
  {
    variables: ['potassium', 'egfr'],
    chance: 'chemistry',
    when: (patient, taken) => patient.chronicKidneyDisease || takesAny(taken, ['mra', 'loop']),
    soonest: 0,
    onWard: () => 0.95,
  },
  {
    variables: ['sbp', 'heart_rate', 'dbp'],
    chance: 'cuff',
    when: ({ hypertension }) => hypertension,
    soonest: 0,
    onWard: () => 0.9,
  },
  {
    variables: ['body_weight'],
    chance: 'weight',
    when: ({ person }) => person.heartFailure,
    soonest: 0,
    onWard: () => 0.8,
  },
  {
    variables: ['hba1c'],
    chance: 'hba1c',
    when: ({ person }) => person.type2Diabetes,
    soonest: 60,
    onWard: () => 0.08,
  },
  {
    variables: ['fasting_glucose'],
    chance: 'glucose',
    when: ({ person }) => person.type2Diabetes,
    soonest: 0,
    onWard: ({ person }) => (person.type2Diabetes ? 0.7 : 0.4),
  },
  {
    variables: ['ldl', 'hdl', 'triglycerides'],
    chance: 'lipids',
    when: ({ person }, taken) => person.ascvd || person.type2Diabetes || takesAny(taken, LIPID_DRUGS),
    soonest: 60,
    onWard: () => 0.04,
  },
  {
    variables: ['uacr'],
    chance: 'albuminuria',
    when: ({ person, chronicKidneyDisease }) => person.type2Diabetes || chronicKidneyDisease,
    soonest: 60,
    onWard: () => 0.03,
  },
  {
    variables: ['nt_probnp'],
    chance: 'natriuretic',
    when: ({ person }) => person.heartFailure,
    soonest: 14,
    onWard: ({ person }) => (person.heartFailure ? 0.35 : 0.08),
  },
  {
    variables: ['lvef'],
    chance: 'echo',
    when: ({ person }) => person.heartFailure,
    soonest: 120,
    onWard: ({ person }) => (person.heartFailure ? 0.12 : 0.03),
  },
  {
    variables: ['urate'],
    chance: 'urate',
    when: ({ chronicKidneyDisease }, taken) => chronicKidneyDisease || takesAny(taken, ['xoi', 'uricosuric']),
    soonest: 30,
    onWard: () => 0.08,
  },
];

/** The panel of each variable, by `System.variables`. */
export const PANEL_OF: readonly number[] = panelPlaces();

function panelPlaces(): readonly number[] {
  const places: number[] = [];
  PANELS.forEach(({ variables }, panel) => {
    for (const id of variables) places[VARIABLE_INDEX[id]] = panel;
  });
  return places;
}

/** Days on which each panel was last measured, by panel; −∞ where never. */
export const NEVER_MEASURED: readonly number[] = PANELS.map(() => -Infinity);

/** Chance of each panel at an outpatient visit. `attention`: by what clinic and illness multiply it. */
export function chancesAtHome(
  patient: Case,
  moment: { readonly day: number; readonly prescription: Prescription; readonly measuredOn: readonly number[] },
  attention: number,
): readonly number[] {
  const watched = WATCHED.filter((drugClass) => takes(moment.prescription, drugClass)).length;
  return PANELS.map(({ chance, when, soonest }, panel) => {
    if (moment.day - (moment.measuredOn[panel] ?? -Infinity) < soonest) return 0;
    const [anybody, indicated] = DESIGN.measured[chance];
    const usual = when(patient, moment.prescription) ? indicated : anybody;
    return (usual + (chance === 'chemistry' ? DESIGN.chemistryPerWatchedClass * watched : 0)) * attention;
  });
}

/** Chance of each panel at a visit on the ward. `rhythm`: between visits; unit: d. */
export function chancesOnWard(patient: Case, rhythm: number): readonly number[] {
  return PANELS.map(
    ({ chance, onWard }) => onWard(patient) * (chance === 'chemistry' || chance === 'cuff' ? 1 : rhythm),
  );
}
