import type { Unit } from '../../core/quantity.ts';
import type { Intervention } from '../../domain/system.ts';
import { CLASSES } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import type { DrugClass } from '../../systems/cardio-renal-metabolic/parameter-units.ts';
import { cardioRenalMetabolic } from '../../systems/cardio-renal-metabolic/system.ts';
import { interventionOf } from '../../systems/doses.ts';

/** Names by which trial files call a class after "class:". */
const CLASS_NAMES: Readonly<Record<string, DrugClass>> = {
  ...Object.fromEntries(CLASSES.map((id) => [id, id])),
  'ace-inhibitor': 'acei',
  'angiotensin-receptor-blocker': 'arb',
  'mineralocorticoid-antagonist': 'mra',
  'sglt2-inhibitor': 'sglt2i',
  'loop-diuretic': 'loop',
  'beta-blocker': 'bb',
  'dpp4-inhibitor': 'dpp4i',
  'glp1-agonist': 'glp1ra',
  thiazolidinedione: 'tzd',
  'alpha-glucosidase-inhibitor': 'agi',
  'calcium-channel-blocker': 'ccb',
  'thiazide-diuretic': 'thiazide',
  'pcsk9-inhibitor': 'pcsk9i',
  'xanthine-oxidase-inhibitor': 'xoi',
};

/** Codes of arms that get nothing beyond the background. */
const INERT: ReadonlySet<string> = new Set(['placebo', 'usual-care']);

/** Whether a code stands for nothing that acts. */
export function isInert(code: string): boolean {
  return INERT.has(code);
}

/**
 * The intervention that a code of a trial file means: an ingredient or a programme by name, a class by the first ingredient
 * whose reference dose is one that people take; undefined for what the system has no row for.
 */
export function interventionOfCode(code: string): Intervention | undefined {
  const own = interventionOf(cardioRenalMetabolic, code);
  if (own !== undefined) return own;
  const name = code.startsWith('class:') ? code.slice('class:'.length) : code;
  const drugClass = Object.hasOwn(CLASS_NAMES, name) ? CLASS_NAMES[name] : undefined;
  return cardioRenalMetabolic.interventions.find(
    ({ channel, referenceDose, maximumDose }) => channel === drugClass && referenceDose <= maximumDose,
  );
}

/** A usual dose: the reference dose, or the highest where the reference is one that nobody takes. */
export function usualDoseOf({ referenceDose, maximumDose }: Intervention): number {
  return Math.min(referenceDose, maximumDose);
}

const PER_DAY: Readonly<Record<string, { readonly unit: Unit; readonly factor: number }>> = {
  'mg/d': { unit: 'mg/d', factor: 1 },
  mg: { unit: 'mg/d', factor: 1 },
  'g/d': { unit: 'mg/d', factor: 1000 },
  'ug/d': { unit: 'mg/d', factor: 0.001 },
  'mg/wk': { unit: 'mg/d', factor: 1 / 7 },
  'U/d': { unit: 'U/d', factor: 1 },
  U: { unit: 'U/d', factor: 1 },
};

/**
 * A dose of a trial file as a daily dose in the unit of the intervention; unit "1" counts multiples of the reference dose.
 * Undefined when the units do not fit.
 */
export function dailyDoseOf(intervention: Intervention, dose: number, unit: string | undefined): number | undefined {
  if (unit === undefined || unit === '1') return dose * intervention.referenceDose;
  const known = Object.hasOwn(PER_DAY, unit) ? PER_DAY[unit] : undefined;
  return known?.unit === intervention.unit ? dose * known.factor : undefined;
}
