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

/** Nothing is taken. */
export const NOTHING: Prescription = system.channels.map(() => undefined);

const BY_CHANNEL: readonly (readonly Intervention[])[] = system.channels.map(({ id }) =>
  system.interventions.filter(({ channel, isOffMarket }) => channel === id && isOffMarket !== true),
);

/** The place of a channel in tensors. @throws TypeError when the system has no such channel. */
export function channelIndex(id: string): number {
  const index = system.channels.findIndex((channel) => channel.id === id);
  if (index < 0) throw new TypeError(`the system has no channel ${id}`);
  return index;
}

/** The total daily dose of a prescribed drug, in the intervention's unit. */
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
    drugs: prescription.flatMap((drug) => {
      if (drug === undefined) return [];
      const { ingredient, unit } = drug.intervention;
      return [{ ingredient, dailyDose: { value: dailyDoseOf(drug), unit } }];
    }),
  };
}

/** A prescription with one channel changed. */
export function withDrug(prescription: Prescription, channel: number, drug: Prescribed | undefined): Prescription {
  return prescription.map((present, index) => (index === channel ? drug : present));
}

/** Whether any ingredient of a channel can be prescribed. */
export function isAvailable(channel: number): boolean {
  return at(BY_CHANNEL, channel).length > 0;
}

function anyIngredient(channel: number, random: Random): Intervention {
  const choices = at(BY_CHANNEL, channel);
  return at(choices, Math.floor(random.uniform() * choices.length));
}

/** The lowest rung of some ingredient of a channel. */
export function firstRung(channel: number, random: Random): Prescribed {
  return { intervention: anyIngredient(channel, random), rung: 0 };
}

/** The rung of some ingredient of a channel that reaches the reference dose, or its highest one. */
export function targetRung(channel: number, random: Random): Prescribed {
  const intervention = anyIngredient(channel, random);
  return { intervention, rung: targetOf(intervention) };
}

function targetOf({ ladder, referenceDose }: Intervention): number {
  const reaching = ladder.findIndex((dose) => dose >= referenceDose);
  return reaching < 0 ? ladder.length - 1 : reaching;
}

/** Any rung of some ingredient of a channel: mostly up to the reference dose, and the lower ones more often. */
export function anyRung(channel: number, random: Random): Prescribed {
  const intervention = anyIngredient(channel, random);
  const usual = random.uniform() < SHARE_UP_TO_TARGET ? targetOf(intervention) + 1 : intervention.ladder.length;
  return { intervention, rung: Math.floor(random.uniform() ** 1.5 * usual) };
}

/** Share of doses of chance that stay within the usual range; a design of the cohort. */
const SHARE_UP_TO_TARGET = 0.85;

/** One rung up or down; undefined below the lowest, the same on the highest. */
export function moved(drug: Prescribed, by: -1 | 1): Prescribed | undefined {
  const rung = Math.min(drug.rung + by, drug.intervention.ladder.length - 1);
  return rung < 0 ? undefined : { ...drug, rung };
}

/** Whether a drug has reached its reference dose, or the highest that there is. */
export function isAtTarget({ intervention, rung }: Prescribed): boolean {
  return rung >= targetOf(intervention);
}
