import { addDays, type Instant } from '../core/time.ts';
import type { Confidence } from '../domain/record.ts';
import type { MedicationMention } from './read-medications.ts';
import measured from './taking-evidence.json' with { type: 'json' };

/** What the mentions of one ingredient amount to at `asOf`. */
export interface TakingContext {
  readonly asOf: Instant;
  /** Whether doses given are charted at all just now: then a drug without a dose was not given. */
  readonly isCharted: boolean;
}

/**
 * How far back a charted dose still says that the drug is being given: the longest interval of the usual schedules.
 * Unit: d. The counts that speak for this and the next two windows stand in taking-evidence.json.
 */
export const RECENT_DAYS = 1;

/** A regular drug is due once an interval; one more quarter of it is a late dose, not an ended drug. Unit: intervals. */
const LATEST_INTERVALS = 1.25;

/** How long an order may be new without a dose. Unit: d. */
const NEW_DAYS = 0.75;

/** A mention's part in the decision, worked out once. */
interface Facts {
  readonly orders: readonly MedicationMention[];
  readonly newest: MedicationMention | undefined;
  readonly wasGiven: boolean;
  /** More than one dose within the last day. */
  readonly wasGivenAgain: boolean;
  readonly everOrdered: boolean;
  readonly isCharted: boolean;
  readonly asOf: Instant;
  readonly mentions: readonly MedicationMention[];
}

/**
 * What each kind of evidence is worth. A *measured* one is (hits + 1) / (cases + 2): how often the drug was given in the
 * next 24 h, counted on the development half of the people of src/benchmarks/medication-truth alone; the other half grades
 * it. A *judged* one is ours, for the outpatient record that nobody charts doses in.
 */
const CONFIDENCE: ReadonlyMap<string, Confidence> = new Map(
  measured.evidence.map(({ id, probability, reason }) => [id, { probability, reason }]),
);

/** The kinds of evidence, strongest claim first: the first that holds is the one that counts. */
const EVIDENCE: readonly (readonly [id: string, holds: (facts: Facts) => boolean])[] = [
  ['on-hold', ({ newest }) => newest?.isOnHold === true],
  ['ordered-and-given', ({ orders, wasGiven }) => wasGiven && orders.some(isRegular)],
  ['as-needed-and-given-again', ({ orders, wasGivenAgain }) => wasGivenAgain && orders.some(isAsNeeded)],
  ['as-needed-and-given', ({ orders, wasGiven }) => wasGiven && orders.some(isAsNeeded)],
  ['ordered-once-and-given', ({ orders, wasGiven }) => wasGiven && orders.length > 0],
  [
    'ordered-today',
    ({ orders, asOf, isCharted }) => isCharted && orders.some((order) => isRegular(order) && isNew(order, asOf)),
  ],
  ['ordered-not-given', ({ orders, isCharted }) => isCharted && orders.some(isRegular)],
  ['ordered', ({ orders }) => orders.some(isRegular)],
  ['as-needed', ({ orders }) => orders.some(isAsNeeded)],
  ['ordered-once', ({ orders }) => orders.length > 0],
  ['given-order-ended', ({ wasGiven, everOrdered }) => wasGiven && everOrdered],
  ['given-without-order', ({ wasGiven }) => wasGiven],
  ['stated-not-ordered-here', ({ mentions, isCharted }) => isCharted && mentions.some(isStated)],
  ['supplied', ({ mentions }) => mentions.some((mention) => mention.kind === 'dispense' && mention.endsLater)],
  ['stated', ({ mentions }) => mentions.some(isStated)],
  ['stopped', ({ mentions }) => mentions.some(({ isOver }) => isOver)],
  ['ended', ({ everOrdered }) => everOrdered],
  ['supply-ran-out', ({ mentions }) => mentions.some(({ kind, end }) => kind === 'dispense' && end !== undefined)],
  ['dispensed', ({ mentions, isCharted }) => !isCharted && mentions.some(({ kind }) => kind === 'dispense')],
  ['given-before', () => true],
];

/** How sure the mentions of one ingredient make us that the patient is taking it at `asOf`. */
export function takingConfidence(
  mentions: readonly MedicationMention[],
  { asOf, isCharted }: TakingContext,
): Confidence {
  const orders = mentions.filter(
    (mention) => mention.kind === 'order' && isOpen(mention) && !isDetailed(mention, mentions),
  );
  const recent = mentions.filter((mention) => isRecentDose(mention, asOf));
  const facts: Facts = {
    orders,
    newest: orders.toSorted((a, b) => (b.start ?? -Infinity) - (a.start ?? -Infinity))[0],
    wasGiven: recent.length > 0 || isWithinInterval(orders, mentions, asOf),
    wasGivenAgain: new Set(recent.map(({ start }) => start)).size > 1,
    everOrdered: mentions.some(({ kind }) => kind === 'order'),
    isCharted,
    asOf,
    mentions,
  };
  const id = EVIDENCE.find(([, holds]) => holds(facts))?.[0] ?? 'given-before';
  return confidenceOf(id);
}

/** The confidence that a kind of evidence gives. @throws TypeError when there is no such kind: a caller's bug. */
export function confidenceOf(id: string): Confidence {
  const confidence = CONFIDENCE.get(id);
  if (confidence === undefined) throw new TypeError(`no evidence is called ${id}`);
  return confidence;
}

/**
 * Whether a bare order is said again, with dose and dates, by another one.
 *
 * Order entry and pharmacy are two systems in many hospitals; the bare entry tells neither when it ends nor whether the
 * drug is given as needed, so the pharmacy's order counts alone.
 */
export function isDetailed(mention: MedicationMention, mentions: readonly MedicationMention[]): boolean {
  const { isBare, start } = mention;
  if (!isBare || start === undefined) return false;
  return mentions.some(
    (other) =>
      other.kind === 'order' && !other.isBare && other.start !== undefined && other.start >= addDays(start, -1),
  );
}

/** Whether an order, statement or supply runs at `asOf`, as far as was known then. */
export function isOpen({ end, isOver }: MedicationMention): boolean {
  return end === undefined && !isOver;
}

/** Whether a dose was given within the last `RECENT_DAYS`, or is running. */
export function isRecentDose({ kind, start, end }: MedicationMention, asOf: Instant): boolean {
  if (kind !== 'administration') return false;
  return (end ?? start ?? -Infinity) >= addDays(asOf, -RECENT_DAYS) || end === undefined;
}

/** Whether a drug that is due less often than daily, or was late, had its last dose no longer ago than one is due. */
function isWithinInterval(
  orders: readonly MedicationMention[],
  mentions: readonly MedicationMention[],
  asOf: Instant,
): boolean {
  const intervals = orders.flatMap(({ timesADay }) => (timesADay === undefined ? [] : 1 / timesADay));
  if (intervals.length === 0) return false;
  const since = addDays(asOf, -LATEST_INTERVALS * Math.min(...intervals));
  return mentions.some(({ kind, start, end }) => kind === 'administration' && (end ?? start ?? -Infinity) >= since);
}

function isRegular({ schedule, isOnHold }: MedicationMention): boolean {
  return (schedule === 'scheduled' || schedule === 'unknown') && !isOnHold;
}

function isAsNeeded({ schedule }: MedicationMention): boolean {
  return schedule === 'as-needed';
}

function isNew({ start }: MedicationMention, asOf: Instant): boolean {
  return start !== undefined && start >= addDays(asOf, -NEW_DAYS);
}

function isStated(mention: MedicationMention): boolean {
  return mention.kind === 'statement' && isOpen(mention) && !mention.isOnHold;
}
