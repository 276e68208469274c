import { instrumentsOf } from './measurement.ts';
import type { Instruments } from './measurement.ts';
import { CLINICS } from './clinics.ts';
import { USUAL_HABITS } from './clinic-habits.ts';
import type { ClinicHabits } from './clinic-habits.ts';
import { eventConstantsFrom } from './events/event-constants.ts';
import type { EventConstants } from './events/event-constants.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import type { ParameterRow } from './parameter-rows.ts';
import { parametersFrom } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { posteriorDraw, standardErrors } from './posterior.ts';
import { AS_DESCRIBED } from './structure.ts';
import type { Structure } from './structure.ts';

/** A change of one number of the simulator. */
type Shift = (row: ParameterRow) => ParameterRow;

/** In what a world differs from the calibrated one. */
interface Variant {
  readonly shift?: Shift;
  readonly structure?: Partial<Structure>;
  readonly habits?: Partial<ClinicHabits>;
}

/** All that a virtual patient's life depends on, apart from chance. */
export interface World {
  readonly name: WorldName;
  readonly parameters: Parameters;
  /** What the hazards of events are made of. */
  readonly events: EventConstants;
  readonly structure: Structure;
  readonly habits: ClinicHabits;
  readonly instruments: Instruments;
  /** The clinics, each with the parameters of the people seen there. */
  readonly clinics: readonly { readonly id: string; readonly share: number; readonly parameters: Parameters }[];
}

function scaled(pattern: RegExp, factor: number): Shift {
  return (row) => (pattern.test(row.id) ? { ...row, value: row.value * factor } : row);
}

/**
 * The worlds by name, to ask how a model fares where it was not made for, and to train across: parameters shifted, the
 * equations changed, or the clinic. Their sizes are designs of experiments, not claims about patients.
 */
const WORLDS = {
  none: {},
  'dose-curve': { shift: scaled(/\.ed50$|_ed50$/, 3) },
  'poor-adherence': { shift: scaled(/^adherence\.mean$/, 0.7) },
  'strong-potassium': { shift: scaled(/^(acei|arb|arni|mra)\.potassium$/, 1.6) },
  restless: { shift: scaled(/\.within_person$/, 1.5) },
  'noisy-laboratory': { shift: scaled(/^(potassium\.haemolysis_rate|.*\.assay_cv)$/, 2.5) },
  'fast-decline': { shift: scaled(/^egfr\.decline/, 2) },
  'hidden-confounder': { habits: { frailty: { decline: 0.5, illness: 0.5, starting: 0.4, withholding: 0.3 } } },
  'drifting-adherence': { structure: { adherenceTrend: -0.15 } },
  'other-dose-curve': { structure: { doseExponent: 0.6 } },
  'unmodelled-interaction': { structure: { interaction: { of: 'mra', under: 'sglt2i', factor: 0.4 } } },
  'assay-change': {
    habits: {
      newAssays: { bias: { potassium: 1.03, egfr: 0.92, hba1c: 1.04, nt_probnp: 1.2, ldl: 0.95 }, scatter: 1.5 },
    },
  },
  'other-missingness': { habits: { attention: { well: 0.2, ill: 1.5 } } },
  'measured-when-well': { habits: { attention: { well: 1.2, ill: 0.3 } } },
} as const satisfies Readonly<Record<string, Variant>>;

/** `posterior-<k>`: the k-th draw from what the sources leave open about the parameters. */
export type WorldName = keyof typeof WORLDS | `posterior-${number}`;

/** The worlds that have a name of their own; `posterior-0`, `posterior-1` … stand beside them. */
export const WORLD_NAMES = Object.keys(WORLDS) as readonly (keyof typeof WORLDS)[];

const POSTERIOR = /^posterior-\d+$/;

/** Whether a text names a world. */
export function isWorldName(text: string): text is WorldName {
  return Object.hasOwn(WORLDS, text) || POSTERIOR.test(text);
}

function variantOf(name: WorldName, rows: readonly ParameterRow[]): Variant {
  if (Object.hasOwn(WORLDS, name)) return WORLDS[name as keyof typeof WORLDS];
  return { shift: posteriorDraw(name, standardErrors(rows)) };
}

/** A world by name; `rows`: what stands before its shift. @throws AppError `config.invalid` naming faults of the rows. */
export function worldOf(name: WorldName, rows: readonly ParameterRow[] = PARAMETER_ROWS): World {
  const { shift = (row) => row, structure, habits }: Variant = variantOf(name, rows);
  const shifted = rows.map(shift);
  const parameters = parametersFrom(shifted);
  return {
    name,
    parameters,
    events: eventConstantsFrom(shifted),
    structure: { ...AS_DESCRIBED, ...structure },
    habits: { ...USUAL_HABITS, ...habits },
    instruments: instrumentsOf(parameters),
    clinics: CLINICS.map(({ id, share, rows: own }) => {
      const overriding = new Map(own.map((row) => [row.id, row]));
      return { id, share, parameters: parametersFrom(rows.map((row) => shift(overriding.get(row.id) ?? row))) };
    }),
  };
}
