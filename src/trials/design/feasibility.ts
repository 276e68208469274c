import { normalHalfWidth } from '../normal.ts';
import type { PanelFlow } from './screen-panel.ts';

/** A share with its 95 % interval. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How fast a site can recruit. */
export interface Feasibility {
  /** Of those screened, who is surely eligible. */
  readonly eligible: Share;
  /** The same if everybody whose record leaves something open turned out to be eligible. */
  readonly atMost: number;
  /** People a month, where the number screened a month is known. */
  readonly perMonth?: {
    readonly expected: number;
    readonly low: number;
    readonly high: number;
    readonly atMost: number;
  };
}

/** What recruitment a panel promises; `consent`: share of the eligible that agree, 0 to 1. */
export function feasibilityOf(
  { screened, eligible, undecided }: PanelFlow,
  { screenedPerMonth, consent }: { readonly screenedPerMonth?: number; readonly consent: number },
): Feasibility {
  const share = wilsonShare(eligible, screened);
  const atMost = screened === 0 ? 0 : (eligible + undecided) / screened;
  if (screenedPerMonth === undefined) return { eligible: share, atMost };
  const monthly = (of: number): number => screenedPerMonth * consent * of;
  return {
    eligible: share,
    atMost,
    perMonth: {
      expected: monthly(share.value),
      low: monthly(share.low),
      high: monthly(share.high),
      atMost: monthly(atMost),
    },
  };
}

/** A share with its score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
export function wilsonShare(hits: number, of: number): Share {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const z = normalHalfWidth(0.95);
  const value = hits / of;
  const centre = (value + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((value * (1 - value)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
