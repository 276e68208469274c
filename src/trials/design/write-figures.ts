import type { BaselineItem } from '../trial-file.ts';

/** A number to three digits, without an exponent. */
export function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A share as percent, to one decimal. */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** A baseline item as one cell: mean and sd, median and quartiles, or a share. */
export function writeAsked(asked: BaselineItem | number): string {
  if (typeof asked === 'number') return number(asked);
  const numbers = asked.form === 'mean' ? [asked.mean, asked.sd] : [asked.median, asked.q1, asked.q3];
  return numbers.map((each) => (each === undefined ? '—' : number(each))).join(', ');
}

/** An item with its unit, as the first cell of a baseline table. */
export function writeItem(item: string, asked: BaselineItem | number): string {
  return typeof asked === 'number' ? item : `${item} (${asked.unit})`;
}

/** What the numbers of a baseline table are. */
export const BASELINE_IS = 'baseline: mean, sd; or median, quartiles; or share';
