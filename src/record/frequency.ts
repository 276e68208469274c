import { DAYS_A_CALENDAR_YEAR } from '../core/time.ts';
import { codingsOf, elementOf, numberOf, textOf, type Element } from './read-fhir.ts';
import { timesInWords, timesOfName } from './frequency-in-words.ts';
import { plainSig } from './sig-words.ts';

/** How often a dose is due. */
export interface Frequency {
  /** Undefined when the record does not let us know it. Unit: /d. */
  readonly timesADay?: number;
  readonly schedule: 'scheduled' | 'as-needed' | 'once' | 'unknown';
}

/** The whole name: "once daily" is no single dose. */
const ONCE =
  /^(?:once|1x|x1|now|stat|on call|one ?time|single dose|mr ?x?1)(?:[\s,(]+(?:only|now|stat|once|x ?1|mr ?x?1|1|dose|for 1 dose|on call|to or)\)?)*$/;
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
    a: DAYS_A_CALENDAR_YEAR,
  }),
);

/** Once a minute; whatever is due more often is an infusion or a typing error. Unit: /d. */
const MOST_TIMES_A_DAY = 1_440;

/** Reads how often from a Dosage: `timing.repeat`, then `timing.code`, then the words of the sig. */
export function readFrequency(dosage: Element): Frequency {
  const timing = elementOf(dosage.timing);
  const names = namesOf(timing);
  const words = plainSig(textOf(dosage.text) ?? '');
  if (isAsNeeded(dosage, names, words)) return { schedule: 'as-needed' };
  if (isOnce(timing, names)) return { schedule: 'once' };
  const timesADay = repeated(elementOf(timing?.repeat)) ?? timesOfNames(names) ?? timesInWords(words);
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
  if (repeat === undefined || repeat.frequencyMax !== undefined || repeat.periodMax !== undefined) return undefined;
  const timesADay = periodic(repeat);
  return timesADay !== undefined && timesADay > 0 && timesADay <= MOST_TIMES_A_DAY ? timesADay : undefined;
}

function periodic(repeat: Element): number | undefined {
  const days = lengthOf(repeat.dayOfWeek);
  const moments = momentsOf(repeat);
  const unit = DAYS_A_UNIT.get(textOf(repeat.periodUnit) ?? '');
  const period = numberOf(repeat.period);
  if (unit === undefined || period === undefined || period <= 0)
    return moments === undefined || moments === 0 ? undefined : moments * shareOfWeek(days);
  const frequency = frequencyOf(repeat, moments);
  if (frequency === undefined) return undefined;
  // "Three times a week, on these three days" names its days already; fewer or more events than days is not clear.
  if (days > 0 && period * unit >= 7) return frequency === days ? frequency / (period * unit) : undefined;
  return (frequency / (period * unit)) * shareOfWeek(days);
}

/** Events a period: as stated, or as many as there are moments; a stated number that contradicts the clock is none. */
function frequencyOf(repeat: Element, moments: number | undefined): number | undefined {
  const stated = numberOf(repeat.frequency);
  if (stated === undefined || stated === 1) return moments === undefined ? stated : Math.max(moments, 1);
  const clock = lengthOf(repeat.timeOfDay);
  return clock === 0 || clock === stated ? stated : undefined;
}

/** Around which meals is left open by these (HL7 v3 TimingEvent). */
const MEALS: ReadonlySet<unknown> = new Set(['C', 'AC', 'PC']);

/** The moments of a day that are named; undefined when they are meals without a number. */
function momentsOf({ when, timeOfDay }: Element): number | undefined {
  if (Array.isArray(when) && when.some((event) => MEALS.has(event))) return undefined;
  return Math.max(lengthOf(when), lengthOf(timeOfDay));
}

function shareOfWeek(days: number): number {
  return days === 0 ? 1 : days / 7;
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? new Set(list).size : 0;
}

/** A name that means a frequency as a whole counts before the words in a name. */
function timesOfNames(names: readonly string[]): number | undefined {
  const whole = names.map(timesOfName).find((times) => times !== undefined);
  return whole ?? names.map((name) => timesInWords(plainSig(name))).find((times) => times !== undefined);
}
