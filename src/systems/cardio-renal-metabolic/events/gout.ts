import type { GoutConstants } from './event-constants.ts';
import type { RiskFactors } from './risk-factors.ts';

type GoutFactors = Pick<RiskFactors, 'female' | 'urate' | 'untreatedUrate' | 'hasFlared'>;

/** Urate (mg/dL) at which row gout.flare_rate holds, that of row background.gout_flare, and the range of the classes behind both. */
const FLARE_URATE = 7;
const FIRST_URATE = 5.5;
const SEEN = [4, 10.5] as const;

/** The chance of having gout from the urate without drugs: the prevalence of a sex, spread over urate as first flares are. */
export function chanceOfGout(gout: GoutConstants, { female, untreatedUrate, hasFlared }: GoutFactors): number {
  if (hasFlared) return 1;
  const { logOdds, mean } = female ? gout.female : gout.male;
  return 1 / (1 + Math.exp(-logOdds - gout.firstSlope * (untreatedUrate - mean)));
}

/**
 * Logarithm of the hazard (/a) of a flare: of another one in those who have gout, of the first in those who do not,
 * weighted by the chance of gout. `first`: logarithm of the rate of first flares; −∞ where no row gives one.
 */
export function logFlareHazard(first: number, gout: GoutConstants, factors: GoutFactors): number {
  const chance = chanceOfGout(gout, factors);
  const urate = Math.min(SEEN[1], Math.max(SEEN[0], factors.urate));
  const again = Math.exp(gout.flareRate + gout.flareSlope * (urate - FLARE_URATE));
  const anew = Math.exp(first + gout.firstSlope * (urate - FIRST_URATE));
  return Math.log(chance * again + (1 - chance) * anew);
}
