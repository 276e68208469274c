import { MILLISECONDS_A_DAY, parseMoment, type Instant, type Moment } from '../core/time.ts';
import type { Coding } from '../terminology/code-systems.ts';

/** A FHIR resource or element as received: nothing about it is certain. */
export type Element = Readonly<Record<string, unknown>>;

/** An element, if the value is one. */
export function elementOf(value: unknown): Element | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : undefined;
}

/** The elements of a list; whatever else stands in it is passed over. */
export function elementsOf(value: unknown): readonly Element[] {
  return Array.isArray(value) ? value.map(elementOf).filter((item) => item !== undefined) : [];
}

/** The resources of a Bundle's entries. */
export function resourcesOf(bundle: unknown): readonly Element[] {
  return elementsOf(elementsOf(elementOf(bundle)?.entry).map(({ resource }) => resource));
}

/** A text that is not blank. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A FHIR date or time, which may be partial. */
export function momentOf(value: unknown): Moment | undefined {
  return typeof value === 'string' ? parseMoment(value) : undefined;
}

/** A day begins up to 14 h before it does in UTC (UTC+14, IANA tz Pacific/Kiritimati). Unit: ms. */
const EARLIEST_DAY = (14 / 24) * MILLISECONDS_A_DAY;

/** How far the clock of a source may be ahead: five minutes, as Kerberos allows (RFC 4120 §1.6). Unit: ms. */
const CLOCK_SKEW = 300_000;

/** Whether a moment lies in the future even when its time zone, or an inexact clock, is allowed for. */
export function isAfter({ earliest, precision }: Moment, asOf: Instant): boolean {
  return earliest - asOf > (precision === 'second' ? CLOCK_SKEW : EARLIEST_DAY);
}

/** The codings of a CodeableConcept. */
export function codingsOf(concept: unknown): readonly Coding[] {
  return elementsOf(elementOf(concept)?.coding).map(({ system, code, display }) => ({
    ...(typeof system === 'string' && { system }),
    ...(typeof code === 'string' && { code }),
    ...(typeof display === 'string' && { display }),
  }));
}

/** What a CodeableConcept says in words: its text, then its displays. */
export function wordsOf(concept: unknown): readonly string[] {
  const text = textOf(elementOf(concept)?.text);
  const displays = codingsOf(concept).flatMap(({ display }) => textOf(display) ?? []);
  return text === undefined ? displays : [text, ...displays];
}

/** The first code of a CodeableConcept, in lower case: for status concepts of the FHIR core. */
export function firstCode(concept: unknown): string | undefined {
  return codingsOf(concept)[0]?.code?.toLowerCase();
}

/** Longer than any server's URL; what follows is a regular expression. */
const LONGEST_REFERENCE = 2_000;

/**
 * Where a Reference points: "Type/id", "#contained", or the bare id of a `urn:uuid:`.
 *
 * Bases and versions are cut off, because a gathered record holds one server's resources.
 */
export function referenceOf(reference: unknown): string | undefined {
  const text = textOf(elementOf(reference)?.reference);
  if (text === undefined || text.length > LONGEST_REFERENCE) return undefined;
  if (text.startsWith('#')) return text;
  if (text.startsWith('urn:uuid:') || text.startsWith('urn:oid:')) return text.split(':').at(-1);
  return /([A-Za-z]+\/[A-Za-z0-9.-]+)(?:\/_history\/[^/]+)?$/.exec(text)?.[1];
}
