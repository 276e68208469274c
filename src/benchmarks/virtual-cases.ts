import { at } from '../core/array.ts';
import type { PatientHistory } from '../domain/belief.ts';
import type { DosedDrug, Regimen } from '../domain/intervention.ts';
import type { System } from '../domain/system.ts';
import { drawCohortRow } from '../systems/cohort.ts';
import type { CohortRow } from '../systems/cohort.ts';
import { worldOf } from '../systems/cardio-renal-metabolic/worlds.ts';
import type { WorldName } from '../systems/cardio-renal-metabolic/worlds.ts';

type Table = readonly (readonly number[])[];

/** A virtual person whose future under two held regimens is known, shared noise and all. */
export interface VirtualCase {
  readonly history: PatientHistory;
  /** Unit: d ahead. */
  readonly days: readonly number[];
  readonly regimens: readonly Regimen[];
  /** What would be measured under each regimen; shape [regimens][days][variables]. */
  readonly observed: readonly Table[];
  /** The noise-free course; same shape. */
  readonly truth: readonly Table[];
}

/** Draws virtual persons on the forecast horizon whose two regimens are held throughout, until there are `people`. */
export function drawVirtualCases(
  system: System,
  options: { readonly people: number; readonly seed: string; readonly world: WorldName },
): readonly VirtualCase[] {
  const world = worldOf(options.world);
  const cases: VirtualCase[] = [];
  for (let person = 0; cases.length < options.people; person += 1) {
    const row = drawCohortRow(world, options.seed, person);
    if (isOnHorizon(system, row) && isHeld(row)) cases.push(caseOf(system, row));
  }
  return cases;
}

function isOnHorizon(system: System, { pair }: CohortRow): boolean {
  return system.horizon.every((day, index) => pair.days[index] === day);
}

function isHeld({ pair }: CohortRow): boolean {
  return [pair.a, pair.b].every(({ doses }) =>
    doses.every((step) => step.every((dose, channel) => dose === at(at(doses, 0), channel))),
  );
}

function caseOf(system: System, { history, pair }: CohortRow): VirtualCase {
  return {
    history,
    days: pair.days,
    regimens: [regimenOf(system, 'a', at(pair.a.doses, 0)), regimenOf(system, 'b', at(pair.b.doses, 0))],
    observed: [pair.a.observed, pair.b.observed],
    truth: [pair.a.truth, pair.b.truth],
  };
}

/** The doses [channels] as drugs: of each channel the first ingredient that the system lists. */
function regimenOf(system: System, id: string, doses: readonly number[]): Regimen {
  const drugs = system.channels.flatMap((channel, index): readonly DosedDrug[] => {
    const row = system.interventions.find((intervention) => intervention.channel === channel.id);
    const dose = at(doses, index);
    if (row === undefined || dose === 0) return [];
    return [{ ingredient: row.ingredient, dailyDose: { value: dose * row.referenceDose, unit: row.unit } }];
  });
  return { id, drugs };
}
