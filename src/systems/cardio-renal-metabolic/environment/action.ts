import { at } from '../../../core/array.ts';
import type { Regimen } from '../../../domain/intervention.ts';
import { dosesOf, exceedsMaximum, interventionOf } from '../../doses.ts';
import { NOTHING } from '../prescription.ts';
import type { Prescription } from '../prescription.ts';
import { cardioRenalMetabolic as system } from '../system.ts';

/** What an agent orders: drugs with daily doses, or fractions of the reference dose by `System.channels`. */
export type Action = Regimen | readonly number[];

const INTERVENTIONS = system.channels.map(({ id }) =>
  system.interventions.filter(({ channel, isOffMarket }) => channel === id && isOffMarket !== true),
);

/** The highest dose of each channel that any drug on the market is licensed for: fraction of the reference dose, [channels]. */
export const GREATEST_DOSES: readonly number[] = INTERVENTIONS.map((rows) =>
  Math.max(0, ...rows.map(({ maximumDose, referenceDose }) => maximumDose / referenceDose)),
);

/** What rounding adds to a dose that is a maximum. */
const TOLERANCE = 1e-4;

/**
 * The doses that an action means: fraction of the reference dose, [channels].
 *
 * @throws TypeError naming every ingredient, unit and dose that the system does not take.
 */
export function dosesOfAction(action: Action): readonly number[] {
  const faults = isRegimen(action) ? regimenFaults(action) : doseFaults(action);
  if (faults.length > 0) throw new TypeError(faults.join('; '));
  return isRegimen(action) ? dosesOf(system, action) : action;
}

function isRegimen(action: Action): action is Regimen {
  return 'drugs' in action;
}

function regimenFaults({ drugs }: Regimen): readonly string[] {
  return drugs.flatMap(({ ingredient, dailyDose }) => {
    const row = interventionOf(system, ingredient);
    if (row === undefined) return [`the system does not know ${ingredient}`];
    if (dailyDose.unit !== row.unit) return [`${ingredient} is dosed in ${row.unit}, not ${dailyDose.unit}`];
    const isLicensed = dailyDose.value >= 0 && !exceedsMaximum(row, dailyDose);
    return isLicensed ? [] : [`${ingredient} takes 0 to ${row.maximumDose} ${row.unit}, not ${dailyDose.value}`];
  });
}

function doseFaults(doses: readonly number[]): readonly string[] {
  const { length } = system.channels;
  if (doses.length !== length) return [`there are ${length} doses, not ${doses.length}`];
  return system.channels.flatMap(({ id }, channel) => {
    const dose = at(doses, channel);
    const most = at(GREATEST_DOSES, channel);
    return dose >= 0 && dose <= most * (1 + TOLERANCE) ? [] : [`${id} takes 0 to ${most} reference doses, not ${dose}`];
  });
}

/** Doses as a clinic sees them, which asks of what classes something is taken. */
export function takenUnder(doses: readonly number[]): Prescription {
  return NOTHING.map((_, channel) => {
    const intervention = INTERVENTIONS[channel]?.[0];
    return intervention !== undefined && at(doses, channel) > 0 ? { intervention, rung: 0 } : undefined;
  });
}
