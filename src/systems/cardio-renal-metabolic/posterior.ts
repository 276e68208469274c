import { quantileOfSorted, sortedCopy } from '../../core/statistics.ts';
import { seededRandom } from '../../core/random.ts';
import { PUBLISHED_ROWS } from './parameter-rows.ts';
import type { ParameterRow } from './parameter-rows.ts';
import { CLASSES, EFFECT_UNITS, PARAMETER_UNITS } from './parameter-units.ts';

const CLASS_IDS: ReadonlySet<string> = new Set(CLASSES);
const EFFECTS: ReadonlySet<string> = new Set(Object.keys(EFFECT_UNITS));

function isOfClass(id: string): boolean {
  return CLASS_IDS.has(id.slice(0, id.indexOf('.')));
}

function isEffect(id: string): boolean {
  return isOfClass(id) && EFFECTS.has(id.slice(id.indexOf('.') + 1));
}

/** The standard error of a value of a row, in its unit. */
export type ErrorOf = (id: string, value: number) => number;

/**
 * The standard errors of rows: their own, or relative to the value the median of those that are published. What nobody
 * stated is taken to be as uncertain as what somebody did: of a class's row as its effects are, of a row that hazards alone
 * read as those are; 0 of any other.
 */
export function standardErrors(rows: readonly ParameterRow[]): ErrorOf {
  const published = new Map(rows.map(({ id, uncertainty }) => [id, uncertainty]));
  return (id, value) => {
    const relative = id in PARAMETER_UNITS ? (isOfClass(id) ? OF_CLASS : 0) : OF_EVENTS;
    return published.get(id) ?? relative * Math.abs(value);
  };
}

/** Of effects of classes, and of what hazards alone read; whatever a calibration makes of some rows. */
const OF_CLASS = medianError(PUBLISHED_ROWS.filter(({ id }) => isEffect(id)));
const OF_EVENTS = medianError(PUBLISHED_ROWS.filter(({ id }) => !(id in PARAMETER_UNITS)));

/** The median relative standard error of the rows that have one. */
function medianError(rows: readonly ParameterRow[]): number {
  const errors = rows.flatMap(({ value, uncertainty }) =>
    uncertainty !== undefined && value !== 0 ? [uncertainty / Math.abs(value)] : [],
  );
  return errors.length === 0 ? 0 : quantileOfSorted(sortedCopy(errors), 0.5);
}

/**
 * Draws each number from what its source leaves open, by the name of a world. Effects, whose sign may be open, are
 * normal; everything else, which cannot turn its sign, is lognormal. Each number has a stream of its own, so that a new
 * row shifts no other.
 */
export function posteriorDraw(name: string, errorOf: ErrorOf): (row: ParameterRow) => ParameterRow {
  const random = seededRandom(name);
  return (row) => {
    const error = errorOf(row.id, row.value);
    if (error === 0) return row;
    const by = error * random.split(row.id).normal();
    const isOpen = isEffect(row.id) || row.value === 0;
    return { ...row, value: isOpen ? row.value + by : row.value * Math.exp(by / Math.abs(row.value)) };
  };
}
