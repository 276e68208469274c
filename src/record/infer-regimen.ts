import { groupBy } from '../core/array.ts';
import { addDays, instant, type Instant } from '../core/time.ts';
import type { Confidence, MedicationCourse } from '../domain/record.ts';
import type { MedicationMention } from './read-medications.ts';
import { confidenceOf, isOpen, isRecentDose, takingConfidence } from './taking-evidence.ts';

/**
 * Two spans of one ingredient and dose belong to one course when no more than this lies between them. Unit: d.
 *
 * An order that is renewed leaves a gap of hours; a dose that is charted daily, of up to two days.
 */
const GAP_DAYS = 2;

/** Doses ordered within a shift belong together ("40 mg in the morning, 20 mg at noon"); later ones replace. Unit: d. */
const TOGETHER_DAYS = 0.5;

/** A stretch of time under one dose, as the mentions show it. */
interface Span {
  readonly start: Instant | undefined;
  /** Undefined while it runs. */
  readonly end: Instant | undefined;
  readonly mentions: readonly MedicationMention[];
}

/**
 * Infers what a patient takes and took: for each ingredient its courses, and how sure we are that it is taken at `asOf`.
 *
 * Orders make the courses; doses given, statements and dispenses support them, or make courses of their own where
 * no order speaks. A newer order replaces an older one of another dose from its start. Nothing after `asOf` is seen.
 */
export function inferRegimen(mentions: readonly MedicationMention[], asOf: Instant): readonly MedicationCourse[] {
  const context = { asOf, isCharted: mentions.some((mention) => isRecentDose(mention, asOf)) };
  const byIngredient = groupBy(mentions, ({ ingredient }) => ingredient);
  return [...byIngredient.values()].flatMap((own) => coursesOf(own, takingConfidence(own, context), asOf));
}

function coursesOf(
  mentions: readonly MedicationMention[],
  taking: Confidence,
  asOf: Instant,
): readonly MedicationCourse[] {
  const spans = replaced(merged(spansOf(mentions, asOf)));
  const isRunning = spans.some(({ end }) => end === undefined);
  return spans.map((span) => courseOf(span, span.end === undefined ? taking : endedConfidence(isRunning, taking)));
}

/** A course that has ended is not taken; when none runs, what speaks against that is kept in the reason. */
function endedConfidence(isRunning: boolean, taking: Confidence): Confidence {
  const ended = confidenceOf('ended');
  return isRunning || taking.probability <= ended.probability ? ended : taking;
}

function courseOf({ start, end, mentions }: Span, taking: Confidence): MedicationCourse {
  const [first] = mentions;
  if (first === undefined) throw new TypeError('a span without mentions');
  const dose = mentions.findLast(({ dailyDose }) => dailyDose !== undefined)?.dailyDose;
  const identity = mentions
    .map((mention) => mention.identity)
    .reduce((a, b) => (a.probability >= b.probability ? a : b));
  return {
    ingredient: first.ingredient,
    drugClass: first.drugClass,
    ...(dose !== undefined && { dailyDose: dose }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    identity,
    taking,
    sources: [...new Set(mentions.flatMap(({ sources }) => sources))],
  };
}

/** Every mention as a span of its own, oldest first. */
function spansOf(mentions: readonly MedicationMention[], asOf: Instant): readonly Span[] {
  return mentions
    .map((mention) => ({ start: mention.start, end: endOf(mention, asOf), mentions: [mention] }))
    .toSorted((a, b) => (a.start ?? -Infinity) - (b.start ?? -Infinity));
}

/** When a mention stops to speak for its drug; undefined while it does. */
function endOf(mention: MedicationMention, asOf: Instant): Instant | undefined {
  if (mention.kind === 'administration')
    return isRecentDose(mention, asOf) ? undefined : (mention.end ?? mention.start);
  if (mention.end !== undefined) return mention.end;
  return isOpen(mention) ? undefined : latestEnd(mention, asOf);
}

/** What was stopped without a date may have been taken until its source last changed, or else until just now. */
function latestEnd({ overBy, start }: MedicationMention, asOf: Instant): Instant {
  const isUsable = overBy !== undefined && overBy <= asOf && (start === undefined || overBy >= start);
  return isUsable ? overBy : asOf;
}

/** Joins spans of one dose, or of one known dose and unknown ones, that touch. */
function merged(spans: readonly Span[]): readonly Span[] {
  const courses: Span[] = [];
  for (const span of spans) {
    const at = courses.findLastIndex((course) => touch(course, span) && sameDose(course, span));
    const course = courses[at];
    if (course === undefined) courses.push(span);
    else
      courses[at] = {
        start: course.start,
        end: later(course.end, span.end),
        mentions: [...course.mentions, ...span.mentions],
      };
  }
  return courses;
}
function touch(course: Span, span: Span): boolean {
  return course.end === undefined || span.start === undefined || addDays(course.end, GAP_DAYS) >= span.start;
}

function sameDose(course: Span, span: Span): boolean {
  const [a, b] = [doseOf(course), doseOf(span)];
  return a === undefined || b === undefined || a === b;
}

function doseOf({ mentions }: Span): number | undefined {
  return mentions.findLast(({ dailyDose }) => dailyDose !== undefined)?.dailyDose?.value;
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || b === undefined ? undefined : instant(Math.max(a, b));
}

/** Ends a span where a newer one of another dose begins in a later shift; doses begun together stand side by side. */
function replaced(spans: readonly Span[]): readonly Span[] {
  return spans.map((span, position) => {
    const next = spans
      .slice(position + 1)
      .find(
        ({ start }) => start !== undefined && span.start !== undefined && start >= addDays(span.start, TOGETHER_DAYS),
      );
    const runsInto = next?.start !== undefined && (span.end === undefined || span.end > next.start);
    return runsInto ? { ...span, end: next.start } : span;
  });
}
