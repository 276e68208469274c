import { mean } from '../../core/statistics.ts';
import type { PersonItems } from '../eligibility.ts';
import { checkItem } from '../emulate/baseline-target.ts';
import type { BaselineCheck } from '../emulate/baseline-target.ts';
import type { TrialFile } from '../trial-file.ts';
import { takingItem } from './criteria.ts';

/** One row of the baseline table of eligible people beside the one that the design assumes. */
export interface PanelRow extends BaselineCheck {
  /** Eligible people whose record tells the item. */
  readonly known: number;
}

/** The baseline table of a trial beside the same figures of people; `reached` is empty where nobody's record tells. */
export function panelTable({ population }: TrialFile, people: readonly PersonItems[]): readonly PanelRow[] {
  const valuesOf = (item: string): readonly number[] => people.flatMap((own) => own[item] ?? []);
  const { baseline, proportion, background } = population;
  const shares = [
    ...Object.entries(proportion),
    ...Object.entries(background).map(([code, share]) => [takingItem(code), share] as const),
  ];
  return [
    ...Object.entries(baseline).map(([item, asked]) => {
      const values = valuesOf(item);
      const reached = values.length === 0 ? [] : checkItem(item, asked, values).reached;
      return { item, asked, reached, known: values.length };
    }),
    ...shares.map(([item, asked]) => {
      const values = valuesOf(item);
      return { item, asked, reached: values.length === 0 ? [] : [mean(values)], known: values.length };
    }),
  ];
}
