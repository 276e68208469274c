import type { Measured } from '../core/quantity.ts';

interface PolicyLimit extends Measured {
  readonly why: string;
}

/** When a forecast changes what the card says. Policies of ours; the thresholds that they speak of are facts. */
export const FORECAST_POLICY = {
  cautionChance: {
    value: 0.1,
    unit: '1',
    why: 'Policy of ours: from one patient in ten on, a second look at the order costs less than the hyperkalaemia.',
  },
  earlyCheckChance: {
    value: 0.05,
    unit: '1',
    why: 'Policy of ours: an early check costs one blood sample, so half of the caution’s chance is enough for it.',
  },
  disagreement: {
    value: 0.5,
    unit: '1',
    why: 'Policy of ours: when more of the uncertainty lies between the members than within, the model does not know.',
  },
} as const satisfies Record<string, PolicyLimit>;
