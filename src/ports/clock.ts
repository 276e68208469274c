import type { Instant } from '../core/time.ts';

/** The only source of "now". */
export interface Clock {
  now(): Instant;
}
