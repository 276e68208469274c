import type { Measured } from '../core/quantity.ts';
import type { Regimen } from '../domain/intervention.ts';
import type { Intervention, System } from '../domain/system.ts';

/** The relative error of a weekly dose divided by seven, as rows of doses state it (six digits). */
const ROUNDING = 1e-4;

/** The intervention row of an ingredient, if the system's dynamics know it. */
export function interventionOf(system: System, ingredient: string): Intervention | undefined {
  return system.interventions.find((row) => row.ingredient === ingredient);
}

/** The variables (by id) that an ingredient moves in a way that the dynamics do not hold. */
export function unmodelledBy({ unmodelled }: Intervention): readonly string[] {
  return unmodelled ?? [];
}

/**
 * A regimen as the dynamics see it: total daily dose a channel, as a fraction of the reference dose.
 *
 * Shape [channels]; drugs of one channel add up; drugs that the system does not know are left out.
 */
export function dosesOf(system: System, regimen: Regimen): readonly number[] {
  return system.channels.map((channel) =>
    regimen.drugs.reduce((sum, drug) => {
      const row = interventionOf(system, drug.ingredient);
      return row?.channel === channel.id ? sum + drug.dailyDose.value / row.referenceDose : sum;
    }, 0),
  );
}

/** Whether orders of a drug class are forecast on cards; of every other class the rules alone speak. */
export function isForecastClass(system: System, drugClass: string): boolean {
  return system.channels.some(({ id, drafted }) => id === drugClass && drafted === 'forecast');
}

/**
 * The intervention row of an ingredient whose orders are forecast on cards.
 *
 * By ingredient: the channels of the other classes do not all have the names that rules know them by. What no virtual
 * clinic prescribes is known well enough to emulate trials and not to advise a person.
 */
export function forecastInterventionOf(system: System, ingredient: string): Intervention | undefined {
  const row = interventionOf(system, ingredient);
  const isKnown = row !== undefined && row.isOffMarket !== true;
  return isKnown && isForecastClass(system, row.channel) ? row : undefined;
}

/**
 * Whether a total daily dose is above the highest usual one.
 *
 * A seventh of a weekly dose stands rounded in its row, so what differs by less than the rounding is no higher dose.
 */
export function exceedsMaximum({ maximumDose, unit }: Intervention, { value, unit: given }: Measured): boolean {
  return given === unit && value > maximumDose * (1 + ROUNDING);
}
