import type { Fact } from '../domain/evidence.ts';

/** The facts that Sextant may cite. */
export interface Knowledge {
  /** @throws TypeError when there is no such fact: a caller's bug. */
  fact(id: string): Fact;
  /** The fact of this id, where there need not be one (not every class has a mechanism for every variable). */
  find(id: string): Fact | undefined;
  /** SHA-256 of all facts. */
  readonly digest: string;
}
