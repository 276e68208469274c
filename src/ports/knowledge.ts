import type { Fact } from '../domain/evidence.ts';

/** The facts that Sextant may cite. */
export interface Knowledge {
  /** @throws TypeError when there is no such fact: a caller's bug. */
  fact(id: string): Fact;
  /** SHA-256 of all facts. */
  readonly digest: string;
}
