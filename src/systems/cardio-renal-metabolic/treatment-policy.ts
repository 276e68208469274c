import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import type { Case } from './case.ts';
import { RULES } from './channel-rules.ts';
import type { ClinicHabits } from './clinic-habits.ts';
import type { Indication } from './indications.ts';
import { CLASS_INDEX } from './parameter-units.ts';
import { anyRung, firstRung, isAtTarget, moved, targetRung, withDrug } from './prescription.ts';
import type { Prescribed, Prescription } from './prescription.ts';

/**
 * How readily the simulated clinicians act. A design of the cohort, not a claim about care: every action must occur
 * often enough to learn from, and still depend on the patient (confounding by indication).
 */
const HABITS = {
  start: 0.35,
  raise: 0.35,
  obeyLimit: 0.8,
  explore: 0.12,
  switchRaas: 0.06,
  /** Chance at a visit that a drug without a reason is stopped, that a patient gives one up, or leaves a programme. */
  review: 0.25,
  giveUp: 0.015,
  leaveProgramme: 0.12,
} as const;

const RAAS: readonly number[] = [CLASS_INDEX.acei, CLASS_INDEX.arb, CLASS_INDEX.arni];

/** How a visit is held. */
export interface Visiting {
  /** What of the habits of a world bears on prescribing. */
  readonly habits: Pick<ClinicHabits, 'frailty'>;
  /** How much is changed at once: 1 at an outpatient visit. */
  readonly tempo: number;
  readonly random: Random;
}

/** Whether a limit speaks against starting or raising a channel now. What was never measured does not. */
export function isHeldBack(patient: Case, channel: number): boolean {
  return RULES.get(channel)?.restraints.some(({ when }) => when(patient.seen, patient)) ?? true;
}

/**
 * What a simulated clinician prescribes at a visit: mostly as guidelines ask from what was measured, sometimes anything
 * that suits (exploration), so that treatment is confounded by indication and yet every combination occurs.
 */
export function prescribe(patient: Case, present: Prescription, visiting: Visiting): Prescription {
  const { random, tempo } = visiting;
  if (random.uniform() < HABITS.explore * Math.min(1, tempo)) return explore(patient, present, random);
  return inRandomOrder(random).reduce<Prescription>(
    (prescription, channel) => reconsider(patient, prescription, channel, visiting),
    obeyLimits(patient, present, visiting),
  );
}

/** A change of one channel that follows no guideline: start, stop, raise or lower. Never two that exclude each other. */
export function explore(patient: Case, present: Prescription, random: Random): Prescription {
  const choices = [...RULES.keys()].filter((channel) => isOpen(patient, present, channel));
  const channel = at(choices, Math.floor(random.uniform() * choices.length));
  const drug = present[channel];
  if (drug === undefined) return withDrug(present, channel, anyRung(channel, random));
  const way = random.uniform();
  if (way < 0.3) return withDrug(present, channel, undefined);
  return withDrug(present, channel, moved(drug, way < 0.65 ? -1 : 1));
}

/** What is taken may change; what suits the patient may start. */
function isOpen(patient: Case, present: Prescription, channel: number): boolean {
  if (present[channel] !== undefined) return true;
  return (RULES.get(channel)?.suits?.(patient) ?? true) && !isExcluded(present, channel);
}

/** Replaces one RAAS blocker by another of a different class, as in a step from ACE inhibitor to sacubitril/valsartan. */
export function switchRaas(present: Prescription, random: Random): Prescription {
  const from = RAAS.find((channel) => present[channel] !== undefined);
  if (from === undefined) return present;
  const others = RAAS.filter((channel) => channel !== from);
  const to = at(others, Math.floor(random.uniform() * others.length));
  return withDrug(withDrug(present, from, undefined), to, anyRung(to, random));
}

/** Channels in an order of chance, so that none of two drugs that exclude each other is always asked first. */
function inRandomOrder(random: Random): readonly number[] {
  const order = [...RULES.keys()];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.uniform() * (last + 1));
    [order[last], order[other]] = [at(order, other), at(order, last)];
  }
  return order;
}

function isExcluded(prescription: Prescription, channel: number): boolean {
  return RULES.get(channel)?.excludes.some((other) => prescription[other] !== undefined) ?? true;
}

/** The strongest reason that a patient gives for a channel. */
function reasonFor(patient: Case, present: Prescription, channel: number): Indication | undefined {
  let strongest: Indication | undefined;
  for (const row of RULES.get(channel)?.indications ?? []) {
    if (row.strength > (strongest?.strength ?? 0) && row.when(patient, present)) strongest = row;
  }
  return strongest;
}

function reconsider(patient: Case, present: Prescription, channel: number, visiting: Visiting): Prescription {
  const drug = present[channel];
  const reason = reasonFor(patient, present, channel);
  if (drug !== undefined) return withDrug(present, channel, kept(patient, channel, { drug, reason }, visiting));
  if (reason === undefined || isHeldBack(patient, channel)) return present;
  const { habits, tempo, random } = visiting;
  if (isExcluded(present, channel)) return steppedUp(present, channel, visiting);
  const eagerness = tempo * Math.exp(habits.frailty.starting * patient.frailty);
  if (random.uniform() >= HABITS.start * reason.strength * eagerness) return present;
  const begin = reason.startsAtTarget === true ? targetRung : firstRung;
  return withDrug(present, channel, begin(channel, random));
}

/** From an ACE inhibitor to sacubitril/valsartan, where that is indicated. */
function steppedUp(present: Prescription, channel: number, { tempo, random }: Visiting): Prescription {
  const isStep = channel === CLASS_INDEX.arni && present[CLASS_INDEX.acei] !== undefined;
  if (!isStep || random.uniform() >= HABITS.switchRaas * tempo) return present;
  return withDrug(withDrug(present, CLASS_INDEX.acei, undefined), channel, firstRung(channel, random));
}

/** What becomes of a drug that is taken: given up, reviewed, raised, or left as it is. */
function kept(
  patient: Case,
  channel: number,
  { drug, reason }: { readonly drug: Prescribed; readonly reason: Indication | undefined },
  { tempo, random }: Visiting,
): Prescribed | undefined {
  const chance = random.uniform() / tempo;
  if (chance < (isProgramme(channel) ? HABITS.leaveProgramme : HABITS.giveUp)) return undefined;
  // A value in the goal is no reason to stop what brought it there: only what never had a reason is reviewed.
  if (reason === undefined) return !hasLastingReason(patient, channel) && chance < HABITS.review ? undefined : drug;
  const isRising = !isAtTarget(drug) && (reason.raise?.(patient) ?? true) && !isHeldBack(patient, channel);
  return isRising && random.uniform() < HABITS.raise * tempo ? moved(drug, 1) : drug;
}

function isProgramme(channel: number): boolean {
  return RULES.get(channel)?.isProgramme === true;
}

function hasLastingReason(patient: Case, channel: number): boolean {
  return RULES.get(channel)?.lasts?.(patient) ?? false;
}

function obeyLimits(patient: Case, present: Prescription, { habits, random }: Visiting): Prescription {
  const careful = Math.min(1, HABITS.obeyLimit * Math.exp(habits.frailty.withholding * patient.frailty));
  if (random.uniform() > careful) return present;
  return present.map((drug, channel) => (drug === undefined ? drug : restrained(patient, channel, drug)));
}

function restrained(patient: Case, channel: number, drug: Prescribed): Prescribed | undefined {
  const now = RULES.get(channel)?.restraints.filter(({ when }) => when(patient.fresh, patient)) ?? [];
  if (now.some(({ then }) => then === 'stop')) return undefined;
  return now.some(({ then }) => then === 'lower') ? moved(drug, -1) : drug;
}
