import rows from './frequencies.json' with { type: 'json' };

/** A name of a frequency, and the part of the day that it means, if it means one. */
interface NamedFrequency {
  readonly pattern: RegExp;
  readonly timesADay: number;
  readonly slot?: string;
}

/** Codes of HL7 v3 GTSAbbreviation, of hospital formularies, and the words of a sig, in lower case. */
const NAMED: readonly NamedFrequency[] = rows.map(({ pattern, ...row }) => ({ ...row, pattern: new RegExp(pattern) }));

const EVERY_HOURS = /^(?:q|every)\s*(\d{1,3})\s*(?:h|hr|hrs|hours?)$/;
const CLOCK = /^\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m|p\.m)$|^\d{1,2}:\d{2}$/;
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:days?)?$/;

/** Steps, ranges, exceptions and spans of days: no one frequency holds for them. */
const UNEVEN = new RegExp(
  String.raw`\bthen\b|\b(?:taper|titrat|wean|alternat)|\b(?:increas|decreas|reduc)\w* (?:by|to)\b` +
    String.raw`|\b(?:\d+|once|twice)\s*(?:to|or|-|–)\s*(?:\d+ times|twice)\b` +
    String.raw`|(?:\bexcept|\bthrough|\bthru|\bto|-)\s*(?:on )?(?:mon|tues?|wed|thu|fri|satur|sun)`,
);

/** The longest name of a frequency, in words. */
const LONGEST_NAME = 5;

/** Something in a sig that says when. */
type Cue =
  | { readonly kind: 'rate'; readonly timesADay: number }
  | { readonly kind: 'slot'; readonly slot: string }
  | { readonly kind: 'weekday'; readonly slot: string }
  | { readonly kind: 'joint' };

/** The rate that a code or a name means as a whole. Unit: /d. */
export function timesOfName(name: string): number | undefined {
  const hours = Number(EVERY_HOURS.exec(name)?.[1] ?? 0);
  if (hours > 0) return 24 / hours;
  return NAMED.find(({ pattern }) => pattern.test(name))?.timesADay;
}

/**
 * The rate that the words of a sig mean ("take 1 tablet by mouth 2 times daily", "at 8 am and 8 pm", "on Monday").
 * Unit: /d.
 *
 * Undefined for steps, for names of different rates, and for days or moments that contradict the rate.
 */
export function timesInWords(words: string): number | undefined {
  if (UNEVEN.test(words)) return undefined;
  const cues = cuesOf(words);
  const rates = new Set(cues.flatMap((cue) => (cue.kind === 'rate' ? [cue.timesADay] : [])));
  const days = new Set(cues.flatMap((cue) => (cue.kind === 'weekday' ? [cue.slot] : []))).size;
  if (rates.size > 1) return undefined;
  const moments = momentsOf(cues);
  if (days > 0 && rates.size === 0 && moments === 0) return days / 7;
  const times = timesOnADay([...rates][0], moments);
  return days === 0 || times === undefined ? times : onDays(times, days);
}

/** "daily at 8 am and 8 pm" is twice; "every other day in the morning", once in two days. */
function timesOnADay(rate: number | undefined, moments: number): number | undefined {
  if (moments === 0) return rate;
  if (rate === undefined || rate === moments) return moments;
  return rate <= 1 ? rate * moments : undefined;
}

/** A weekly rate counts its days already; a daily one holds on them alone. */
function onDays(times: number, days: number): number | undefined {
  if (times >= 1) return (times * days) / 7;
  return Math.abs(times - days / 7) < 1e-6 ? times : undefined;
}

/** How many moments of a day are named; without a joint between them two names mean one ("every morning at 8 am"). */
function momentsOf(cues: readonly Cue[]): number {
  const slots = new Set<string>();
  let isJoined = true;
  for (const cue of cues) {
    if (cue.kind === 'joint') isJoined = true;
    if (cue.kind !== 'slot') continue;
    if (isJoined) slots.add(cue.slot);
    isJoined = false;
  }
  return slots.size;
}

function cuesOf(text: string): readonly Cue[] {
  const words = text
    .replaceAll(/[,;&+]+(?=\s|$)/g, ' and ')
    .replaceAll(/[()]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const cues: Cue[] = [];
  for (let at = 0; at < words.length;) {
    const [length, found] = longestCue(words, at);
    cues.push(...found);
    at += length;
  }
  return cues;
}

function longestCue(words: readonly string[], at: number): readonly [length: number, cues: readonly Cue[]] {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
    const run = words.slice(at, at + length).join(' ');
    const cue = cueOf(run) ?? cueOf(run.replace(/[.:]$/, ''));
    if (cue !== undefined) return [length, [cue]];
  }
  return [1, weekdaysOf(words[at] ?? '')];
}

function cueOf(run: string): Cue | undefined {
  if (/^(?:and|plus)$/.test(run)) return { kind: 'joint' };
  if (CLOCK.test(run)) return { kind: 'slot', slot: run.replaceAll(/[\s.]/g, '') };
  const slot = NAMED.find(({ pattern }) => pattern.test(run))?.slot;
  if (slot !== undefined) return { kind: 'slot', slot };
  const timesADay = timesOfName(run);
  return timesADay === undefined ? undefined : { kind: 'rate', timesADay };
}

/** "monday", "mon/wed/fri". */
function weekdaysOf(word: string): readonly Cue[] {
  const days = word
    .replace(/[.:]$/, '')
    .split('/')
    .map((part) => WEEKDAY.exec(part)?.[1]);
  return days.flatMap((slot) => (slot === undefined ? [] : [{ kind: 'weekday', slot } as const]));
}
