import { codingsOf, elementOf, numberOf, textOf, type Element } from './read-fhir.ts';
import rows from './frequencies.json' with { type: 'json' };

/** How often a dose is due. */
export interface Frequency {
  /** Undefined when the record does not let us know it. Unit: /d. */
  readonly timesADay?: number;
  readonly schedule: 'scheduled' | 'as-needed' | 'once' | 'unknown';
}

/** Codes of HL7 v3 GTSAbbreviation, of hospital formularies, and the words of a sig, in lower case. */
const NAMED: readonly (readonly [pattern: RegExp, timesADay: number])[] = rows.map(
  ({ pattern, timesADay }) => [new RegExp(pattern), timesADay] as const,
);

const EVERY_HOURS = /^(?:q|every)\s*(\d{1,3})\s*(?:h|hr|hrs|hours?)$/;
const ONCE = /^(?:once|1x|x1|now|stat|on call|one ?time|mr ?x?1)(?:\s|$)|^now x1$/;
const AS_NEEDED = /\bprn\b|as needed|as directed if|when necessary/;

/** Days a unit of time holds (UCUM; a month and a year are means of the Gregorian calendar). */
const DAYS_A_UNIT: ReadonlyMap<string, number> = new Map(
  Object.entries({
    s: 1 / 86_400,
    min: 1 / 1_440,
    h: 1 / 24,
    d: 1,
    wk: 7,
    mo: 30.436_875,
    a: 365.2425,
  }),
);

/** Once a minute; whatever is due more often is an infusion or a typing error. Unit: /d. */
const MOST_TIMES_A_DAY = 1_440;

/** Reads how often from a Dosage: `timing.repeat`, then `timing.code`, then the words of the sig. */
export function readFrequency(dosage: Element): Frequency {
  const timing = elementOf(dosage.timing);
  const names = namesOf(timing);
  const words = textOf(dosage.text)?.toLowerCase() ?? '';
  if (isAsNeeded(dosage, names, words)) return { schedule: 'as-needed' };
  if (isOnce(timing, names)) return { schedule: 'once' };
  const timesADay = repeated(elementOf(timing?.repeat)) ?? firstOf(names, timesOfName) ?? timesInWords(words);
  return timesADay === undefined ? { schedule: 'unknown' } : { timesADay, schedule: 'scheduled' };
}

function namesOf(timing: Element | undefined): readonly string[] {
  const concept = timing?.code;
  const codings = codingsOf(concept).flatMap(({ code, display }) => [code, display]);
  return [...codings, textOf(elementOf(concept)?.text)].flatMap((name) =>
    name === undefined || name.trim() === '' ? [] : [name.trim().toLowerCase()],
  );
}

function isAsNeeded(dosage: Element, names: readonly string[], words: string): boolean {
  return (
    dosage.asNeededBoolean === true ||
    elementOf(dosage.asNeededCodeableConcept) !== undefined ||
    names.some((name) => AS_NEEDED.test(name)) ||
    AS_NEEDED.test(words)
  );
}

function isOnce(timing: Element | undefined, names: readonly string[]): boolean {
  const repeat = elementOf(timing?.repeat);
  return numberOf(repeat?.count) === 1 || names.some((name) => ONCE.test(name));
}

/** The rate that Timing.repeat states: events a period, or moments of the day, on all or some days of the week. */
function repeated(repeat: Element | undefined): number | undefined {
  if (repeat === undefined) return undefined;
  const days = Array.isArray(repeat.dayOfWeek) ? repeat.dayOfWeek.length / 7 : 1;
  const moments = Array.isArray(repeat.when) ? repeat.when.length : 0;
  const unit = DAYS_A_UNIT.get(textOf(repeat.periodUnit) ?? '');
  const period = numberOf(repeat.period);
  if (unit === undefined || period === undefined || period <= 0) return moments > 0 ? moments * days : undefined;
  const frequency = numberOf(repeat.frequency) ?? Math.max(moments, 1);
  const timesADay = (frequency / (period * unit)) * days;
  return timesADay > 0 && timesADay <= MOST_TIMES_A_DAY ? timesADay : undefined;
}

function timesOfName(name: string): number | undefined {
  const hours = Number(EVERY_HOURS.exec(name)?.[1] ?? 0);
  if (hours > 0) return 24 / hours;
  return NAMED.find(([pattern]) => pattern.test(name))?.[1];
}

/** The longest run of words of a sig that names a frequency ("take 1 tablet by mouth 2 (two) times daily"). */
function timesInWords(text: string): number | undefined {
  const words = text
    .slice(0, 300)
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  for (let length = Math.min(5, words.length); length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const times = timesOfName(
        words
          .slice(start, start + length)
          .join(' ')
          .replace(/\.$/, ''),
      );
      if (times !== undefined) return times;
    }
  }
  return undefined;
}

function firstOf<T, U>(items: readonly T[], read: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const result = read(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
