import { mean } from '../../core/statistics.ts';
import { normalQuantile } from '../normal.ts';
import { powerAt } from './power-curve.ts';

/** Equally likely places of the predicted effect over which power is averaged. */
const PLACES = 201;

/**
 * Power averaged over what the simulator itself leaves open about the effect (O'Hagan 2005, doi 10.1002/pst.175).
 *
 * `drift`: expected effect over its standard error at the size asked about; `doubt`: predictive sd of the effect over the
 * effect. An effect in the other direction counts as not found.
 */
export function assuranceAt(drift: number, doubt: number, alpha: number): number {
  const places = Array.from({ length: PLACES }, (_, place) => 1 + doubt * normalQuantile((place + 0.5) / PLACES));
  return mean(places.map((factor) => powerAt(drift * factor, alpha)));
}
