import { isInert } from './emulate/treatment-codes.ts';
import { classOfName, rowOfName } from './emulate/treatment-names.ts';
import { rowsOf } from './row.ts';
import type { EndpointRow } from './row.ts';
import { armOf } from './trial-file.ts';
import type { ArmIntervention, BaselineItem, TrialFile } from './trial-file.ts';

/** What the rivals may know of drugs beyond what the simulator goes by: a class, and a dose to measure doses by. */
export interface DrugMap {
  /** Ingredient → class, of drugs that the simulator has no row for; one that is not listed is a class of its own. */
  readonly classes: Readonly<Record<string, string>>;
  /** "ingredient unit" → the dose that counts as 1; without it a dose says nothing. */
  readonly referenceDoses: Readonly<Record<string, number>>;
}

/** What was compared in a row, as numbers: plus what the arm gets, minus what the comparator gets. */
export interface Contrast {
  /** Class → signed share. What both arms get cancels. */
  readonly classes: Readonly<Record<string, number>>;
  readonly ingredients: Readonly<Record<string, number>>;
  /** The classes of every ingredient that the two sides differ in, also where two of one class cancel. */
  readonly involved: readonly string[];
  /** Treated against untreated 1, treated against treated 0. */
  readonly activity: number;
  /** Signed binary logarithm of the dose over the reference dose, summed over what does not cancel. */
  readonly dose: number;
  /** Mean of the endpoint's own variable at the start, in the unit of the file; absent where not reported. */
  readonly baseline?: number;
  readonly months: number;
  /** The classes that are compared, the same text from either side. */
  readonly id: string;
  /** 1, or −1 where the row states the contrast the other way round. */
  readonly sign: 1 | -1;
}

/** A row with what it compares. */
export interface DesignedRow {
  readonly row: EndpointRow;
  readonly contrast: Contrast;
}

/** The baseline item that an endpoint starts from; ratios of events start from age. */
const BASELINE_OF: Readonly<Record<string, string>> = {
  hba1c_change: 'hba1c',
  glycaemic_failure: 'hba1c',
  body_weight_change: 'body_weight',
  body_weight_change_relative: 'body_weight',
  sbp_change: 'sbp',
  dbp_change: 'dbp',
  ldl_change: 'ldl',
  ldl_change_relative: 'ldl',
  ldl_c_change: 'ldl',
  ldl_c_change_relative: 'ldl',
  egfr_change: 'egfr',
  egfr_slope: 'egfr',
  fasting_glucose_change: 'fasting_glucose',
};

/** The rows of trial files with what each compares. */
export function designRows(files: readonly TrialFile[], drugs: DrugMap): readonly DesignedRow[] {
  return files.flatMap((file) => rowsOf(file).map((row) => ({ row, contrast: contrastOf(file, row, drugs) })));
}

/** What a row compares. */
export function contrastOf(file: TrialFile, row: EndpointRow, drugs: DrugMap): Contrast {
  const arm = dosesOf(file, row.arm, drugs);
  const comparator = dosesOf(file, row.comparator, drugs);
  const ingredients = difference(arm, comparator, ({ code }) => code);
  const [ours, theirs] = [sideOf(ingredients, 1, drugs), sideOf(ingredients, -1, drugs)];
  const baseline = centreOf(file.population.baseline[BASELINE_OF[row.endpoint] ?? 'age']);
  return {
    classes: difference(arm, comparator, ({ drugClass }) => drugClass),
    ingredients,
    involved: [...new Set(Object.keys(ingredients).map((code) => classOf(code, drugs)))].sort(),
    activity: Number(ours !== '') - Number(theirs !== ''),
    dose:
      sumOf(arm, ({ share, log2Dose }) => share * log2Dose) -
      sumOf(comparator, ({ share, log2Dose }) => share * log2Dose),
    ...(baseline !== undefined && { baseline }),
    months: row.month,
    ...orient(ours, theirs, ingredients),
  };
}

/**
 * Doses to measure doses by, from the designs alone: the geometric mean over all arms that give an ingredient in a unit.
 */
export function referenceDosesOf(files: readonly TrialFile[]): Readonly<Record<string, number>> {
  const logs: Record<string, number[]> = {};
  for (const { code, dose, unit } of files.flatMap(({ arms }) => arms.flatMap(({ interventions }) => interventions))) {
    if (dose !== undefined && dose > 0) (logs[doseKey(code, unit)] ??= []).push(Math.log(dose));
  }
  return Object.fromEntries(
    Object.entries(logs).map(([key, values]) => [
      key,
      Math.exp(values.reduce((sum, log) => sum + log, 0) / values.length),
    ]),
  );
}

interface GivenDrug {
  readonly code: string;
  readonly drugClass: string;
  readonly share: number;
  readonly log2Dose: number;
}

function dosesOf(file: TrialFile, id: string, drugs: DrugMap): readonly GivenDrug[] {
  return (armOf(file, id)?.interventions ?? [])
    .filter(({ code }) => !isInert(code))
    .map((intervention) => ({
      code: ingredientOf(intervention.code),
      drugClass: classOf(intervention.code, drugs),
      share: intervention.share ?? 1,
      log2Dose: relativeDose(intervention, drugs),
    }));
}

const CLASS_PREFIX = 'class:';

/** One spelling of an ingredient: that of the simulator's row where it has one. */
function ingredientOf(code: string): string {
  return code.startsWith(CLASS_PREFIX) ? code : (rowOfName(code)?.ingredient ?? code);
}

/** Classes that count as another when trials are pooled: a dual agonist is too rare a class to have a mean of its own. */
const POOLED_WITH: Readonly<Record<string, string>> = { gip_glp1ra: 'glp1ra' };

/** Drugs and classes by any name that the simulator knows, so that both sides of the contest read a file alike. */
function classOf(code: string, { classes }: DrugMap): string {
  const isClass = code.startsWith(CLASS_PREFIX);
  const name = isClass ? code.slice(CLASS_PREFIX.length) : code;
  const channel = (isClass ? undefined : rowOfName(name)?.channel) ?? classOfName(name);
  return channel === undefined ? (classes[name] ?? name) : (POOLED_WITH[channel] ?? channel);
}

function relativeDose({ code, dose, unit, doseMin, doseMax }: ArmIntervention, { referenceDoses }: DrugMap): number {
  const reference = referenceDoses[doseKey(code, unit)];
  const middle = doseMin !== undefined && doseMax !== undefined ? Math.sqrt(doseMin * doseMax) : undefined;
  const own = dose ?? middle;
  return reference === undefined || own === undefined || own <= 0 ? 0 : Math.log2(own / reference);
}

function doseKey(code: string, unit: string | undefined): string {
  return `${ingredientOf(code)} ${unit ?? ''}`;
}

function difference(
  arm: readonly GivenDrug[],
  comparator: readonly GivenDrug[],
  name: (drug: GivenDrug) => string,
): Readonly<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const drug of arm) shares[name(drug)] = (shares[name(drug)] ?? 0) + drug.share;
  for (const drug of comparator) shares[name(drug)] = (shares[name(drug)] ?? 0) - drug.share;
  return Object.fromEntries(Object.entries(shares).filter(([, share]) => share !== 0));
}

function orient(
  ours: string,
  theirs: string,
  ingredients: Readonly<Record<string, number>>,
): Pick<Contrast, 'id' | 'sign'> {
  if (ours === theirs) return { id: `${ours} vs ${theirs}`, sign: signOfFirst(ingredients) };
  const isStraight = theirs === '' || (ours !== '' && ours < theirs);
  return isStraight ? { id: `${ours} vs ${theirs}`, sign: 1 } : { id: `${theirs} vs ${ours}`, sign: -1 };
}

/** Within a class the ingredient that comes first in the alphabet gives the direction. */
function signOfFirst(ingredients: Readonly<Record<string, number>>): 1 | -1 {
  const [first] = Object.entries(ingredients).sort(([a], [b]) => (a < b ? -1 : 1));
  return first !== undefined && first[1] < 0 ? -1 : 1;
}

/** The classes that one side of a contrast gets and the other does not. */
function sideOf(ingredients: Readonly<Record<string, number>>, side: 1 | -1, drugs: DrugMap): string {
  const codes = Object.keys(ingredients).filter((code) => (ingredients[code] ?? 0) * side > 0);
  return [...new Set(codes.map((code) => classOf(code, drugs)))].sort().join(' + ');
}

function sumOf<T>(items: readonly T[], term: (item: T) => number): number {
  return items.reduce((sum, item) => sum + term(item), 0);
}

function centreOf(item: BaselineItem | undefined): number | undefined {
  return item?.form === 'median' ? item.median : item?.mean;
}
