import { markdownTable } from '../markdown-table.ts';
import type { BaselineCheck } from './baseline-target.ts';
import type { Emulation } from './emulate-trial.ts';

/** A trial's baseline table beside what its virtual people show, as Markdown. */
export function renderCohort({ trial, checks, notes }: Emulation): readonly string[] {
  return [
    `## ${trial}: baseline`,
    '',
    ...markdownTable(
      ['item', 'asked', 'reached'],
      checks.map(({ item, asked, reached }) => [item, writeAsked(asked), reached.map(write).join(', ')]),
    ),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ];
}

function writeAsked(asked: BaselineCheck['asked']): string {
  if (typeof asked === 'number') return write(asked);
  const numbers = asked.form === 'mean' ? [asked.mean, asked.sd] : [asked.median, asked.q1, asked.q3];
  return numbers.map((number) => (number === undefined ? '—' : write(number))).join(', ');
}

function write(value: number): string {
  return value.toPrecision(3);
}
