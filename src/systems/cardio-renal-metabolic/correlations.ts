import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import { choleskyFactor, nearestCorrelation } from '../nearest-correlation.ts';
import type { Matrix } from '../nearest-correlation.ts';
import { drawScores } from './draws.ts';
import type { Scores } from './draws.ts';
import { PARAMETER_IDS } from './parameter-units.ts';
import type { ParameterId } from './parameter-units.ts';
import correlationRows from './parameters/correlations.json' with { type: 'json' };

/** How two setpoints go together between people, with where it was read. */
interface CorrelationRow {
  /** Two names with a tilde between them. */
  readonly id: string;
  readonly value: number;
}

/**
 * The parameters that a name of a correlation means. Where a setpoint has one row for women and one for men, or one
 * with a disease and one without, a person has only one of them, and all of them take the same score.
 */
const MEMBERS: Readonly<Record<string, readonly ParameterId[]>> = {
  hba1c: ['hba1c.diabetes', 'hba1c.no_diabetes'],
  hdl: ['hdl.female', 'hdl.male'],
  urate: ['urate.female', 'urate.male'],
  uacr: ['uacr.normal', 'uacr.diabetes', 'uacr.ckd'],
  egfr: ['egfr.baseline'],
};

const ROWS: readonly CorrelationRow[] = correlationRows;

const PAIRS = ROWS.map(({ id, value }) => ({ names: pairOf(id), value }));

/** The names that correlate with any other, in the order of their first appearance. */
const NAMES: readonly string[] = [...new Set(PAIRS.flatMap(({ names }) => names))];

const GROUPS: readonly (readonly ParameterId[])[] = NAMES.map(membersOf);

const FACTOR = choleskyFactor(nearestCorrelation(publishedCorrelations()));

/** @throws TypeError when the row's id does not name two things. */
function pairOf(id: string): readonly [string, string] {
  const [first, second] = id.split('~');
  if (first === undefined || second === undefined)
    throw new TypeError(`the correlation ${id} does not name two things`);
  return [first, second];
}

/** @throws TypeError when no parameter has this name. */
function membersOf(name: string): readonly ParameterId[] {
  const members = MEMBERS[name] ?? PARAMETER_IDS.filter((id) => id === name);
  if (members.length === 0) throw new TypeError(`the correlations name ${name}, which is no parameter`);
  return members;
}

/** The published pairs as a matrix by `NAMES`; pairs that nobody published are taken to be independent. */
function publishedCorrelations(): Matrix {
  const among = (one: string, other: string): number =>
    PAIRS.find(({ names }) => names.includes(one) && names.includes(other))?.value ?? 0;
  return NAMES.map((row) => NAMES.map((column) => (row === column ? 1 : among(row, column))));
}

/**
 * Draws one person's scores, those of the setpoints going together as published: a Gaussian copula (Nelsen 2006, doi
 * 10.1007/0-387-28678-0), so that each parameter keeps its own spread.
 */
export function drawCorrelatedScores(random: Random): Scores {
  const scores: Record<ParameterId, number> = { ...drawScores(random) };
  const own = GROUPS.map((members) => scores[at(members, 0)]);
  GROUPS.forEach((members, row) => {
    const score = own.reduce((sum, value, column) => sum + at(at(FACTOR, row), column) * value, 0);
    for (const id of members) scores[id] = score;
  });
  return scores;
}
