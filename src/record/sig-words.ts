/** Longer than any instruction; regular expressions follow. */
const LONGEST_SIG = 300;

const DIGITS: Readonly<Record<string, string>> = { one: '1', two: '2', three: '3', four: '4', half: '0.5' };
const SIGNS: Readonly<Record<string, string>> = { '½': ' 1/2', '¼': ' 1/4', '¾': ' 3/4' };
const MOMENT = '(?:morning|afternoon|evening|night)';

/** How a sig writes what another writes in figures; in this order, because later ones rest on earlier ones. */
const REWRITES: readonly (readonly [pattern: RegExp, write: (...groups: readonly string[]) => string])[] = [
  [/[½¼¾]/g, (sign = '') => SIGNS[sign] ?? sign],
  [/\bone[\s-]half\b|\ba half\b|\bhalf(?: of)?(?: an?)?\b/g, () => '1/2'],
  [/\b(?:one|two|three|four)\b/g, (word = '') => DIGITS[word] ?? word],
  [/\b(\d+)(?: and |\s+)([1-3])\/([2-4])\b(?!\/)/g, (_, whole, over, under) => decimal(whole, over, under)],
  [/(?<![\d./])([1-3])\/([2-4])(?![\d./])/g, (_, over, under) => decimal('0', over, under)],
  [/\ban? (?=tab|cap|pill)/g, () => '1 '],
  [/(\d+)\s*\(\s*\1\s*\)/g, (_, figure = '') => figure],
  [/\bper (?=day|week)/g, () => 'a '],
  [
    new RegExp(`\\b(in the|every|each) (${MOMENT})( and |, ?)(${MOMENT})\\b`, 'g'),
    (_, lead = '', first = '', joint = '', second = '') => `${lead} ${first}${joint}${lead} ${second}`,
  ],
];

/** A sig in lower case, with its numbers in figures: "Take one and a half tablets" is "take 1.5 tablets". */
export function plainSig(text: string): string {
  const start = text.slice(0, LONGEST_SIG).toLowerCase();
  return REWRITES.reduce(
    (words, [pattern, write]) => words.replace(pattern, (...groups) => write(...groups.map(String))),
    start,
  );
}

/** A number as labels and sigs write it: ".5" and "2,5" are decimal, "1,000" is a thousand. Undefined when it is none. */
export function readNumber(text: string): number | undefined {
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.');
  return /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

function decimal(whole = '0', over = '0', under = '1'): string {
  return String(Number(whole) + Number(over) / Number(under));
}
