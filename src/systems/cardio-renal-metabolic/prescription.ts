import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import type { Regimen } from '../../domain/intervention.ts';
import type { Intervention } from '../../domain/system.ts';
import { cardioRenalMetabolic as system } from './system.ts';

/** An ingredient on one rung of its dose ladder. */
export interface Prescribed {
  readonly intervention: Intervention;
  readonly rung: number;
}

/** What a patient takes, by `System.channels`; undefined where nothing of the channel. */
export type Prescription = readonly (Prescribed | undefined)[];

export const NOTHING: Prescription = system.channels.map(() => undefined);

const BY_CHANNEL: readonly (readonly Intervention[])[] = system.channels.map(({ id }) =>
  system.interventions.filter(({ channel }) => channel === id),
);

/** The place of a channel in tensors. @throws TypeError when the system has no such channel. */
export function channelIndex(id: string): number {
  const index = system.channels.findIndex((channel) => channel.id === id);
  if (index < 0) throw new TypeError(`the system has no channel ${id}`);
  return index;
}

/** The total daily dose of a prescribed drug; unit: mg/d. */
export function dailyDoseOf({ intervention, rung }: Prescribed): number {
  return at(intervention.ladder, rung);
}

/** A prescription as the dynamics see it: fraction of the reference dose, [channels]. */
export function dosesOfPrescription(prescription: Prescription): readonly number[] {
  return prescription.map((drug) => (drug === undefined ? 0 : dailyDoseOf(drug) / drug.intervention.referenceDose));
}

/** A prescription as a regimen. */
export function regimenOf(id: string, prescription: Prescription): Regimen {
  return {
    id,
    drugs: prescription.flatMap((drug) =>
      drug === undefined
        ? []
        : [{ ingredient: drug.intervention.ingredient, dailyDose: { value: dailyDoseOf(drug), unit: 'mg/d' } }],
    ),
  };
}

/** A prescription with one channel changed. */
export function withDrug(prescription: Prescription, channel: number, drug: Prescribed | undefined): Prescription {
  return prescription.map((present, index) => (index === channel ? drug : present));
}

/** The lowest rung of some ingredient of a channel. */
export function firstRung(channel: number, random: Random): Prescribed {
  const choices = at(BY_CHANNEL, channel);
  return { intervention: at(choices, Math.floor(random.uniform() * choices.length)), rung: 0 };
}

/** Any rung of some ingredient of a channel, the lower half of the ladder more often than the upper. */
export function anyRung(channel: number, random: Random): Prescribed {
  const { intervention } = firstRung(channel, random);
  const rung = Math.floor(random.uniform() ** 1.5 * intervention.ladder.length);
  return { intervention, rung };
}

/** One rung up or down; undefined below the lowest, the same on the highest. */
export function moved(drug: Prescribed, by: -1 | 1): Prescribed | undefined {
  const rung = Math.min(drug.rung + by, drug.intervention.ladder.length - 1);
  return rung < 0 ? undefined : { ...drug, rung };
}

/** Whether a drug has reached its guideline target dose. */
export function isAtTarget(drug: Prescribed): boolean {
  return dailyDoseOf(drug) >= drug.intervention.referenceDose;
}
