import { quantileOfSorted, sortedCopy } from '../../core/statistics.ts';
import { seededRandom } from '../../core/random.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import { CLASSES, EFFECT_UNITS } from './parameter-units.ts';
import type { Parameter } from './parameters.ts';

const CLASS_IDS: ReadonlySet<string> = new Set(CLASSES);
const EFFECTS: ReadonlySet<string> = new Set(Object.keys(EFFECT_UNITS));

/** Standard errors that a source gives, by row, in the row's unit. */
const PUBLISHED: ReadonlyMap<string, number> = new Map(
  PARAMETER_ROWS.flatMap(({ id, uncertainty }) => (uncertainty === undefined ? [] : [[id, uncertainty] as const])),
);

/**
 * Relative standard error of a class's row whose source gives none: the median of those effects whose source does. What
 * nobody stated is taken to be as uncertain as what somebody did.
 */
export const DEFAULT_RELATIVE_ERROR: number = quantileOfSorted(
  sortedCopy(
    PARAMETER_ROWS.flatMap(({ id, value, uncertainty }) =>
      isEffect(id) && uncertainty !== undefined && value !== 0 ? [uncertainty / Math.abs(value)] : [],
    ),
  ),
  0.5,
);

function isOfClass(id: string): boolean {
  return CLASS_IDS.has(id.slice(0, id.indexOf('.')));
}

function isEffect(id: string): boolean {
  return isOfClass(id) && EFFECTS.has(id.slice(id.indexOf('.') + 1));
}

/** The standard error of a row's value, in its unit: published, or of a class's row the default; 0 of any other. */
export function standardErrorOf(id: string, value: number): number {
  return PUBLISHED.get(id) ?? (isOfClass(id) ? DEFAULT_RELATIVE_ERROR * Math.abs(value) : 0);
}

/**
 * Draws each number from what its source leaves open, by the name of a world. Effects, whose sign may be open, are
 * normal; everything else, which cannot turn its sign, is lognormal. Each number has a stream of its own, so that a new
 * row shifts no other.
 */
export function posteriorDraw(name: string): (id: string, row: Parameter) => Parameter {
  const random = seededRandom(name);
  return (id, row) => {
    const error = standardErrorOf(id, row.value);
    if (error === 0) return row;
    const by = error * random.split(id).normal();
    const isOpen = isEffect(id) || row.value === 0;
    return { ...row, value: isOpen ? row.value + by : row.value * Math.exp(by / Math.abs(row.value)) };
  };
}
