declare const epoch: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [epoch]: true };

/** A moment as a record states it: FHIR dates may leave out the day, the month or the time. */
export interface Moment {
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly precision: 'year' | 'month' | 'day' | 'second';
}

export const MILLISECONDS_A_DAY = 86_400_000;

/** Days of a year as the calendar counts it: the mean of the Gregorian one, for ages and dates of birth. */
export const DAYS_A_CALENDAR_YEAR = 365.2425;

/** Days of a year as rates a year count it: the Julian year, UCUM `a`. */
export const DAYS_A_YEAR = 365.25;

/** Brands a count of milliseconds as an instant. @throws TypeError when it is not finite. */
export function instant(milliseconds: number): Instant {
  if (!Number.isFinite(milliseconds)) throw new TypeError('an instant must be finite');
  return milliseconds as Instant;
}

/** The days from one instant to another; negative when `to` lies before `from`. Unit: d. */
export function daysBetween(from: Instant, to: Instant): number {
  return (to - from) / MILLISECONDS_A_DAY;
}

/** The instant a number of days (unit: d) later. */
export function addDays(from: Instant, days: number): Instant {
  return instant(from + days * MILLISECONDS_A_DAY);
}

/** Writes an instant as RFC 3339 in UTC. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString();
}

const FHIR_DATE_TIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads a FHIR `date`, `dateTime` or `instant` (R4 datatypes §2.24.0.1), which may be partial.
 *
 * A time without an offset breaks the specification and is read as UTC. Returns undefined for anything else.
 */
export function parseMoment(text: string): Moment | undefined {
  const [, year, month, day, hour, , , offset] = FHIR_DATE_TIME.exec(text) ?? [];
  if (year === undefined) return undefined;
  const span = spanOf(
    Number(year),
    month === undefined ? undefined : Number(month),
    day === undefined ? undefined : Number(day),
  );
  // Date.parse takes 30 February for the first of March: the day has to exist before its hour counts.
  if (span === undefined || hour === undefined) return span;
  return exactMoment(offset === undefined ? `${text}Z` : text);
}

function exactMoment(text: string): Moment | undefined {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return undefined;
  return { earliest: instant(milliseconds), latest: instant(milliseconds), precision: 'second' };
}

function spanOf(year: number, month: number | undefined, day: number | undefined): Moment | undefined {
  const start = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  const isCalendarDate = start.getUTCMonth() === (month ?? 1) - 1 && start.getUTCDate() === (day ?? 1);
  if (!isCalendarDate) return undefined;
  const end = Date.UTC(
    month === undefined ? year + 1 : year,
    month === undefined ? 0 : day === undefined ? month : month - 1,
    day === undefined ? 1 : day + 1,
  );
  const precision = month === undefined ? 'year' : day === undefined ? 'month' : 'day';
  return { earliest: instant(start.getTime()), latest: instant(end - 1), precision };
}
