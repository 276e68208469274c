import type { Regimen } from '../domain/intervention.ts';
import type { Intervention, System } from '../domain/system.ts';

/** The intervention row of an ingredient, if the system's dynamics know it. */
export function interventionOf(system: System, ingredient: string): Intervention | undefined {
  return system.interventions.find((row) => row.ingredient === ingredient);
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
