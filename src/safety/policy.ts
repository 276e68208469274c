import type { Measured } from '../core/quantity.ts';

/** A limit of the screening that nobody published for this purpose: ours, with its reason. */
interface PolicyLimit extends Measured {
  readonly why: string;
}

/** How the screening reads a record. The clinical limits themselves are facts, not policy. */
export const SCREENING_POLICY = {
  readingCounts: {
    value: 90,
    unit: 'd',
    why: 'Policy of ours: an older reading neither refuses nor clears an order; for an MRA its age is a caution of its own.',
  },
  urgentReadingCounts: {
    value: 7,
    unit: 'd',
    why: 'Policy of ours: a dangerous potassium older than a week has been acted upon or repeated elsewhere.',
  },
  mayBeTaken: {
    value: 0.15,
    unit: '1',
    why: 'Policy of ours: for an interaction a standing order counts even when no dose was given lately.',
  },
  isTaken: {
    value: 0.5,
    unit: '1',
    why: 'Policy of ours: an order is a renewal, and a running drug worth an interruption, when it is likelier than not taken.',
  },
} as const satisfies Record<string, PolicyLimit>;
