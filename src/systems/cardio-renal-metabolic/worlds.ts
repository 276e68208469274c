import type { ParameterId } from './parameter-units.ts';
import { PARAMETER_IDS } from './parameter-units.ts';
import type { Parameters } from './parameters.ts';

type Row = Parameters[ParameterId];

/** A change of the simulator, to ask how a model fares in a world that it was not made for. */
type Shift = (id: ParameterId, row: Row) => Row;

function scaled(pattern: RegExp, factor: number): Shift {
  return (id, row) => (pattern.test(id) ? { ...row, value: row.value * factor } : row);
}

/** The shifted worlds by name: stress tests of experimental design, not claims about patients. */
const SHIFTS = {
  none: (_, row) => row,
  'dose-curve': scaled(/\.ed50$/, 3),
  'poor-adherence': scaled(/^adherence\.mean$/, 0.7),
  'strong-potassium': scaled(/^(acei|arb|arni|mra)\.potassium$/, 1.6),
  restless: scaled(/\.within_person$/, 1.5),
  'noisy-laboratory': scaled(/^(potassium\.haemolysis_rate|.*\.assay_cv)$/, 2.5),
  'fast-decline': scaled(/^egfr\.decline/, 2),
} as const satisfies Record<string, Shift>;

export type WorldName = keyof typeof SHIFTS;

export const WORLD_NAMES = Object.keys(SHIFTS) as readonly WorldName[];

/** Whether a text names a world. */
export function isWorldName(text: string): text is WorldName {
  return text in SHIFTS;
}

/** The parameters of a world. */
export function parametersOfWorld(parameters: Parameters, world: WorldName): Parameters {
  const shift: Shift = SHIFTS[world];
  return Object.fromEntries(PARAMETER_IDS.map((id) => [id, shift(id, parameters[id])])) as Parameters;
}
