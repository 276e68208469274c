import type { Source } from '../src/domain/evidence.ts';
import type { DraftOrder } from '../src/domain/intervention.ts';
import type { Candidate } from '../src/domain/plan.ts';
import type { Variable } from '../src/domain/system.ts';
import type { Forecast } from '../src/domain/trajectory.ts';
import { markdownLink } from './markdown.ts';

/** A value with the decimals that its variable deserves. */
export function valueWords(variable: Variable, value: number): string {
  return value.toFixed(variable.decimals);
}

/** Median and 90 % interval: "5.0 (4.4–5.6)". */
export function intervalWords(variable: Variable, forecast: Forecast): string {
  const [low, median, high] = [forecast.low, forecast.median, forecast.high].map((value) =>
    valueWords(variable, value),
  );
  return `${median ?? ''} (${low ?? ''}–${high ?? ''})`;
}

/** A chance as a natural frequency (Gigerenzer and Edwards 2003, doi 10.1136/bmj.327.7417.741). */
export function outOfHundred(probability: number): string {
  const count = Math.round(probability * 100);
  if (count === 0) return 'fewer than 1 of 100';
  if (count === 100 && probability < 1) return 'more than 99 of 100';
  return `${count} of 100`;
}

/** A day of the horizon in the words of a clinic: "3 days", "4 weeks". */
export function dayWords(day: number): string {
  const [count, word] = day % 7 === 0 ? [day / 7, 'week'] : [day, 'day'];
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** "Spironolactone 25 mg/d". */
export function draftWords(draft: DraftOrder): string {
  const { dailyDose } = draft;
  return `${capitalised(draft.ingredient)}${dailyDose === undefined ? '' : ` ${doseWords(dailyDose.value)} ${dailyDose.unit}`}`;
}

/** A candidate's name without the reason that may follow it: "Empagliflozin 10 mg/d instead". */
export function optionWords({ label }: Candidate): string {
  return label.split(': ', 1).join('');
}

/** A dose without needless decimals: "12.5". */
export function doseWords(milligrams: number): string {
  return String(Number(milligrams.toFixed(3)));
}

/** Begins a sentence; names such as eGFR stay as they are. */
export function capitalised(text: string): string {
  return /^[a-z]{2}/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** A difference with its sign: "+0.4", "−2". */
export function changeWords(variable: Variable, change: number): string {
  const size = valueWords(variable, Math.abs(change));
  return change === 0 || Number(size) === 0 ? size : `${change > 0 ? '+' : '−'}${size}`;
}

/** A source as a link to where it can be read. */
export function sourceLink(source: Source): string {
  return markdownLink(source.citation, sourceAddress(source));
}

/** Where a source can be read: its DOI, its PubMed page, or its own address. */
export function sourceAddress({ doi, pmid, url }: Source): string | undefined {
  if (doi !== null) return `https://doi.org/${doi}`;
  if (pmid !== null) return `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`;
  return url ?? undefined;
}
