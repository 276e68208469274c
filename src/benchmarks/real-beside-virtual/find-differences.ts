import { causeOf, type Aspect, type Cause } from './causes.ts';
import type { SpreadRatio } from './compare-people.ts';
import type { Comparison } from './compare-settings.ts';
import { QUANTITIES, type ComparedQuantity } from './quantities.ts';
import type { GapId } from './within-person.ts';

/** What a virtual figure may be of a real one without being named. Choices of this report. */
export const TOLERANCE = { spread: [0.8, 1.25], interval: [0.5, 2] } as const;

/** A figure in which virtual people differ from real ones by more than the tolerance. */
export interface Difference extends Cause {
  readonly setting: string;
  readonly quantity: string;
  readonly aspect: Aspect;
  readonly gap?: GapId;
  readonly unit: string;
  readonly real: number;
  readonly virtual: number;
  readonly realPeople: number;
  /** With a 95 % interval where there is one: of standard deviations. */
  readonly ratio: SpreadRatio | readonly [ratio: number];
}

/** Names every difference beyond the tolerance, each with its likely cause, in the order of the comparison. */
export function findRealDifferences({ levels, changes, intervals }: Omit<Comparison, 'absent'>): readonly Difference[] {
  const found = [
    ...levels.flatMap((figure) => [
      { ...figure, aspect: 'median level' as const, real: figure.real.median, virtual: figure.virtual.median },
      { ...figure, aspect: 'spread of levels' as const, real: figure.real.sd, virtual: figure.virtual.sd },
    ]),
    ...changes.map((figure) => ({
      ...figure,
      aspect: 'spread of changes' as const,
      real: figure.real.sd,
      virtual: figure.virtual.sd,
    })),
    ...intervals.map((figure) => ({
      ...figure,
      aspect: 'interval' as const,
      real: figure.real.median,
      virtual: figure.virtual.median,
    })),
  ];
  return found.flatMap((candidate) => {
    const quantity = QUANTITIES.find(({ id }) => id === candidate.quantity);
    if (quantity === undefined || !isBeyond(quantity, candidate)) return [];
    const { setting, aspect, real, virtual, realPeople } = candidate;
    const isOfSpread = aspect === 'spread of levels' || aspect === 'spread of changes';
    return [
      {
        ...{ setting, quantity: quantity.id, aspect, unit: unitOf(quantity, aspect), real, virtual, realPeople },
        ...('gap' in candidate && { gap: candidate.gap }),
        ratio: isOfSpread && 'spreadRatio' in candidate ? candidate.spreadRatio : ([virtual / real] as const),
        ...causeOf({ setting, quantity: quantity.id, aspect, real, virtual }),
      },
    ];
  });
}

interface Candidate {
  readonly aspect: Aspect;
  readonly real: number;
  readonly virtual: number;
}

function isBeyond({ tolerance }: ComparedQuantity, { aspect, real, virtual }: Candidate): boolean {
  if (aspect === 'median level') {
    const allowed = 'absolute' in tolerance ? tolerance.absolute : tolerance.share * real;
    // Medians of 4.0 and 4.2 lie 0.2 apart, whatever binary fractions make of it.
    return Math.abs(virtual - real) > allowed + 1e-9;
  }
  const [low, high] = aspect === 'interval' ? TOLERANCE.interval : TOLERANCE.spread;
  return virtual / real < low || virtual / real > high;
}

/** The unit in which an aspect of a quantity is told. */
export function unitOf({ unit, change }: ComparedQuantity, aspect: Aspect): string {
  if (aspect === 'interval') return 'd';
  return aspect === 'spread of changes' && change === 'percent' ? '%' : unit;
}
