import { CHANNELS } from '../schema.ts';
import { isConditionId, maskOf } from './conditions.ts';
import type { ConditionId } from './conditions.ts';
import { eventIndex, isEventId } from './event-table.ts';
import type { EventId } from './event-table.ts';
import { factorOf } from './factors.ts';
import { shareOver } from './lag.ts';
import { logRatioOf, MODIFIERS } from './risk-modifiers.ts';
import type { RiskModifier } from './risk-modifiers.ts';

/** A parameter row as far as events read it. */
export interface EventRow {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly at?: Readonly<Record<string, number>>;
  /**
   * Of a direct effect: by how much the risk factors differed between the arms of its trials, by quantity and in the
   * units of the class rows. Without it the class rows say so.
   */
  readonly seen?: Readonly<Record<string, number>>;
}

/** Rows by their id. */
export type RowsById = ReadonlyMap<string, EventRow>;

/** What `<class>.<event>` or `<class>.<event>.<condition>` names. */
export interface DirectName {
  readonly drugClass: string;
  readonly event: EventId;
  readonly where?: ConditionId;
}

/** One class's own effect on one event, beyond what runs through risk factors, in the patients of the mask. */
export interface DirectEffect {
  readonly channel: number;
  readonly event: number;
  /** Logarithm of the hazard ratio at the reference dose. */
  readonly logRatio: number;
  readonly mask: number;
}

/** The kinds of patient in whom different modifiers are at work, each as the conditions that hold of it. */
const POPULATIONS: readonly (readonly ConditionId[])[] = (
  [['no_heart_failure'], ['heart_failure', 'preserved_ef'], ['heart_failure', 'reduced_ef']] as const
).flatMap((heart) => (['no_diabetes', 'diabetes'] as const).map((sugar) => [...heart, sugar]));

const SPLIT_BY: ReadonlySet<ConditionId> = new Set(POPULATIONS.flat());

/** Reads the id of a row of direct effects; `undefined` for every other row. */
export function directNameOf(id: string): DirectName | undefined {
  const [drugClass = '', event = '', where, ...rest] = id.split('.');
  if (rest.length > 0 || !isEventId(event) || CHANNELS.every((channel) => channel.id !== drugClass)) return undefined;
  if (where === undefined) return { drugClass, event };
  return isConditionId(where) ? { drugClass, event, where } : undefined;
}

/**
 * Direct effects of a row whose ratio is the whole effect that trials reported.
 *
 * What the class does to the event through pressure, cholesterol, HbA1c, albuminuria, NT-proBNP, ejection fraction and
 * urate (its own rows) is taken out, or it would count twice. Different modifiers are at work with and without heart
 * failure and diabetes, so that one row can give several effects.
 */
export function directEffects(row: EventRow, name: DirectName, rows: RowsById): readonly DirectEffect[] {
  const where = name.where === undefined ? [] : [name.where];
  const effect = (logRatio: number, conditions: readonly ConditionId[]): DirectEffect => ({
    channel: CHANNELS.findIndex(({ id }) => id === name.drugClass),
    event: eventIndex(name.event),
    logRatio,
    mask: maskOf([...where, ...conditions]),
  });
  const split = POPULATIONS.filter((population) => where.every((id) => !SPLIT_BY.has(id) || population.includes(id)));
  const moves = (quantity: string): EventRow | undefined =>
    row.seen === undefined
      ? rows.get(`${name.drugClass}.${quantity}`)
      : { id: quantity, unit: '', value: row.seen[quantity] ?? 0 };
  const rest = split.map(
    (population) =>
      Math.log(row.value) - mediated(name.event, population, (modifier) => through(modifier, rows, moves)),
  );
  const [first] = rest;
  if (first !== undefined && rest.every((each) => each === first)) return [effect(first, [])];
  return split.map((population, index) => effect(rest[index] ?? 0, population));
}

/** Sum over the modifiers of an event that are at work in a kind of patient. */
function mediated(
  event: EventId,
  population: readonly ConditionId[],
  part: (modifier: RiskModifier) => number,
): number {
  return MODIFIERS.filter(
    ({ events, where = [] }) => events.includes(event) && where.every((id) => population.includes(id)),
  ).reduce((sum, modifier) => sum + part(modifier), 0);
}

/** Follow-up of the trials behind direct effects, about (outcome trials of glucose-lowering drugs: two to four years); unit: a. */
const YEARS_OF_TRIALS = 3;

/** How much of the effect of a factor that risk follows slowly shows within a trial of a drug, against what its row saw. */
function seenShare({ factor }: RiskModifier, rows: RowsById): number {
  const { lag } = factorOf(factor);
  if (lag === undefined) return 1;
  const time = rows.get(lag.row)?.value ?? 1;
  return shareOver(YEARS_OF_TRIALS / time) / longRunShare(lag.seenOver, time);
}

/** Share of the long-run effect that the mean over the years of its trials is; 1 where the row is of the long run. Units: a. */
export function longRunShare(seenOver: number | undefined, lag: number): number {
  return seenOver === undefined ? 1 : shareOver(seenOver / lag);
}

/** Logarithm of the part of an effect that runs through one modifier, given by how much its factor is moved. */
function through(modifier: RiskModifier, rows: RowsById, moves: (quantity: string) => EventRow | undefined): number {
  const { movedBy, scale } = factorOf(modifier.factor);
  const ratio = rows.get(modifier.row);
  const moved = movedBy && moves(movedBy.quantity);
  if (movedBy === undefined || moved === undefined || ratio === undefined) return 0;
  const slope = (logRatioOf(ratio) / modifier.per) * seenShare(modifier, rows);
  if (!movedBy.relative) return slope * moved.value;
  const share = moved.value / 100;
  const start = moved.at?.[movedBy.quantity] ?? modifier.reference;
  return slope * (scale === 'logarithmic' ? Math.log(1 + share) : start * share);
}
