import type { System } from '../domain/system.ts';
import { cardioRenalMetabolic } from './cardio-renal-metabolic/system.ts';

/** The biological systems that Sextant knows, by id. */
export const SYSTEMS: Readonly<Record<string, System>> = { [cardioRenalMetabolic.id]: cardioRenalMetabolic };

/** The system of an id. @throws TypeError when there is none: a caller's bug. */
export function systemOf(id: string): System {
  const system = SYSTEMS[id];
  if (system === undefined) throw new TypeError(`no system is called ${id}`);
  return system;
}
