import type { DesignedRow } from '../contrast.ts';
import type { PredictedEffect } from '../prediction.ts';
import type { Rival } from './rival.ts';

/** The ratio that lies inside most wide intervals by itself (world-model.md §5, B3). */
const CONSTANT_RATIO = 0.9;

/** The first null rival: a ratio of 0.90 for every ratio, no effect for everything else. It has no word on bare rates. */
export const CONSTANT: Rival<null> = {
  name: 'constant (ratio 0.90, no effect)',
  settle: () => null,
  predict: (_training, _settings, target) => constantEffect(target),
};

/** What the constant says of a row, whatever the other trials found. */
export function constantEffect({ row }: DesignedRow): PredictedEffect | undefined {
  switch (row.family) {
    case 'log-ratio':
      return { value: Math.log(CONSTANT_RATIO), sd: 0 };
    case 'continuous':
    case 'percent':
      return { value: 0, sd: 0 };
    case 'rate':
      return undefined;
  }
}
