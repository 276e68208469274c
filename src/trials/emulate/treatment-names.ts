import type { Intervention } from '../../domain/system.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { CLASSES } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import { DRUGS } from '../../terminology/drugs.ts';

/** The usual English names of the classes, in the singular; letter case, hyphens and spaces do not count. */
const CLASS_NAMES: Readonly<Record<DrugClass, readonly string[]>> = {
  acei: ['ACE inhibitor', 'angiotensin-converting enzyme inhibitor'],
  arb: [
    'angiotensin receptor blocker',
    'angiotensin receptor antagonist',
    'angiotensin II receptor blocker',
    'angiotensin II receptor antagonist',
    'AT1 receptor blocker',
    'sartan',
  ],
  arni: ['angiotensin receptor-neprilysin inhibitor'],
  mra: [
    'mineralocorticoid antagonist',
    'mineralocorticoid receptor antagonist',
    'mineralocorticoid receptor blocker',
    'aldosterone antagonist',
  ],
  sglt2i: ['SGLT2 inhibitor', 'sodium-glucose cotransporter 2 inhibitor', 'gliflozin'],
  loop: ['loop diuretic'],
  bb: ['beta blocker', 'beta-adrenergic blocker', 'beta-adrenoceptor blocker', 'β blocker'],
  biguanide: [],
  sulfonylurea: ['sulphonylurea'],
  dpp4i: ['DPP4 inhibitor', 'dipeptidyl peptidase 4 inhibitor', 'gliptin'],
  glp1ra: ['GLP1 agonist', 'GLP1 receptor agonist', 'GLP1 analogue'],
  gip_glp1ra: ['GIP/GLP1 agonist', 'GIP/GLP1 receptor agonist', 'GIP and GLP1 receptor agonist'],
  tzd: ['glitazone', 'thiazolidinedione'],
  insulin: ['basal insulin'],
  agi: ['alpha-glucosidase inhibitor', 'α-glucosidase inhibitor'],
  ccb: [
    'calcium channel blocker',
    'calcium channel antagonist',
    'calcium antagonist',
    'dihydropyridine',
    'dihydropyridine calcium channel blocker',
  ],
  thiazide: ['thiazide diuretic', 'thiazide-type diuretic', 'thiazide-like diuretic'],
  statin: ['HMG-CoA reductase inhibitor'],
  ezetimibe: ['cholesterol absorption inhibitor'],
  pcsk9i: ['PCSK9 inhibitor', 'PCSK9 antibody', 'PCSK9 monoclonal antibody'],
  bempedoic_acid: ['ATP citrate lyase inhibitor'],
  aspirin: [],
  xoi: ['xanthine oxidase inhibitor', 'xanthine oxidoreductase inhibitor'],
  uricosuric: ['uricosuric agent', 'uricosuric drug', 'URAT1 inhibitor'],
  sgc: ['sGC stimulator', 'soluble guanylate cyclase stimulator'],
  digoxin: ['cardiac glycoside', 'digitalis glycoside'],
  omecamtiv: ['cardiac myosin activator'],
  antiobesity: ['anti-obesity drug', 'anti-obesity agent', 'weight loss drug'],
  lifestyle: ['lifestyle intervention', 'intensive lifestyle intervention'],
  weight_loss: [],
  exercise: ['exercise training', 'aerobic training'],
  dash: [],
  sodium_restriction: ['salt restriction', 'sodium reduction', 'salt reduction', 'low-sodium diet', 'low-salt diet'],
  smoking_cessation: [],
};

/** Other names of a drug that the terminology has for hospitals, where they mean another form with other doses. */
const OTHER_FORMS: ReadonlySet<string> = new Set(['enalaprilat']);

/** Names of drugs that only trial files shorten so. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  glargine: 'insulin glargine',
  degludec: 'insulin degludec',
  detemir: 'insulin detemir',
  'exenatide bid': 'exenatide-twice-daily',
  'acetylsalicylic acid': 'aspirin',
};

/** Words for a salt or a form whose milligrams count like those of the row; "oral" and "arginine" are not among them. */
const FORM_WORDS: ReadonlySet<string> = new Set([
  'besylate',
  'cilexetil',
  'erbumine',
  'extended',
  'maleate',
  'medoxomil',
  'mesylate',
  'modified',
  'mr',
  'once',
  'release',
  'sc',
  'succinate',
  'subcutaneous',
  'tartrate',
  'weekly',
  'xl',
  'xr',
]);

function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .replaceAll('α', 'alpha')
    .replaceAll('β', 'beta')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && word !== 'and');
}

/** A name whatever the order of its words: valsartan/sacubitril, oral-semaglutide. */
function unorderedKey(words: readonly string[]): string {
  return [...words].sort().join(' ');
}

/** The name of a class as one word in the singular: GLP-1 receptor agonists, glp1-receptor-agonist. */
function classKey(name: string): string {
  return wordsOf(name).join('').replace(/ies$/, 'y').replace(/s$/, '');
}

const ROWS: ReadonlyMap<string, Intervention> = new Map(
  cardioRenalMetabolic.interventions.map((row) => [row.ingredient, row]),
);

const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ...DRUGS.flatMap(({ ingredient, names }) =>
    names.filter((name) => !OTHER_FORMS.has(name)).map((name) => [name, ingredient] as const),
  ),
  ...Object.entries(SHORT_NAMES),
];

/** Rows by other names, and by their own, which win. */
const BY_NAME: ReadonlyMap<string, Intervention> = new Map(
  [...OTHER_NAMES, ...[...ROWS.keys()].map((ingredient) => [ingredient, ingredient] as const)].flatMap(
    ([name, ingredient]) => {
      const row = ROWS.get(ingredient);
      return row === undefined ? [] : [[unorderedKey(wordsOf(name)), row] as const];
    },
  ),
);

const BY_CLASS: ReadonlyMap<string, DrugClass> = new Map(
  CLASSES.flatMap((id) => [id, ...CLASS_NAMES[id]].map((name) => [classKey(name), id] as const)),
);

/** The row of an ingredient or a programme by any of its names and spellings. */
export function rowOfName(name: string): Intervention | undefined {
  const words = wordsOf(name);
  return BY_NAME.get(unorderedKey(words)) ?? BY_NAME.get(unorderedKey(words.filter((word) => !FORM_WORDS.has(word))));
}

/** The class that a name means, in the singular or the plural. */
export function classOfName(name: string): DrugClass | undefined {
  return BY_CLASS.get(classKey(name));
}
