import { at } from '../../core/array.ts';
import type { Random } from '../../core/random.ts';
import type { Person } from './individual.ts';
import { POLICY_LIMITS as LIMITS } from './policy-limits.ts';
import { anyRung, channelIndex, firstRung, isAtTarget, moved, withDrug } from './prescription.ts';
import type { Prescription } from './prescription.ts';

/** What a clinician knows at a visit: the latest measured values, undefined where never measured. */
export interface Seen {
  readonly potassium: number | undefined;
  readonly egfr: number | undefined;
  readonly sbp: number | undefined;
  readonly heartRate: number | undefined;
}

/** A patient as a prescriber sees them. */
export interface Case {
  readonly person: Person;
  readonly chronicKidneyDisease: boolean;
  readonly hypertension: boolean;
  readonly seen: Seen;
}

const ACEI = channelIndex('acei');
const ARB = channelIndex('arb');
const ARNI = channelIndex('arni');
const MRA = channelIndex('mra');
const SGLT2I = channelIndex('sglt2i');
const LOOP = channelIndex('loop');
const BB = channelIndex('bb');
const RAAS: readonly number[] = [ACEI, ARB, ARNI];

/**
 * How readily the simulated clinicians act. A design of the cohort, not a claim about care: every action must occur
 * often enough to learn from, and still depend on the patient (confounding by indication).
 */
const HABITS = { start: 0.3, raise: 0.35, obeyLimit: 0.8, explore: 0.12, switchRaas: 0.06 } as const;

/** Whether guidelines give a reason for a channel (2022 AHA/ACC/HFSA heart failure, doi 10.1161/CIR.0000000000001063; KDIGO 2024 CKD, doi 10.1016/j.kint.2023.10.018). */
function isIndicated({ person, chronicKidneyDisease, hypertension }: Case, channel: number): boolean {
  const { heartFailure, reducedEjectionFraction, type2Diabetes } = person;
  switch (channel) {
    case ACEI:
    case ARB:
      return heartFailure || chronicKidneyDisease || hypertension;
    case ARNI:
    case BB:
      return reducedEjectionFraction || (channel === BB && hypertension);
    case MRA:
    case LOOP:
      return heartFailure;
    case SGLT2I:
      return heartFailure || chronicKidneyDisease || type2Diabetes;
    default:
      return false;
  }
}

/** Whether a limit speaks against starting or raising a channel now. What was never measured does not. */
export function isHeldBack({ seen }: Case, channel: number): boolean {
  const { potassium = 0, egfr = Infinity, sbp = Infinity, heartRate = Infinity } = seen;
  const isLow = sbp < LIMITS.sbpLow.value;
  const raas = potassium > LIMITS.potassiumCaution.value || egfr < LIMITS.egfrRaas.value || isLow;
  switch (channel) {
    case ACEI:
    case ARB:
      return raas;
    case ARNI:
      return raas || sbp < LIMITS.sbpArni.value;
    case MRA:
      return potassium > LIMITS.potassiumCaution.value || egfr < LIMITS.egfrMra.value || isLow;
    case SGLT2I:
      return egfr < LIMITS.egfrSglt2.value || isLow;
    case LOOP:
      return isLow || (seen.potassium !== undefined && seen.potassium < LIMITS.potassiumLow.value);
    case BB:
      return heartRate < LIMITS.heartRateLow.value || isLow;
    default:
      return false;
  }
}

/**
 * What a simulated clinician prescribes at a visit: mostly as guidelines ask from what was measured, sometimes anything
 * (exploration), so that treatment is confounded by indication and yet every combination occurs.
 */
export function prescribe(patient: Case, present: Prescription, random: Random): Prescription {
  if (random.uniform() < HABITS.explore) return explore(present, random);
  return inRandomOrder(present.length, random).reduce<Prescription>(
    (prescription, channel) => reconsider(patient, prescription, channel, random),
    obeyLimits(patient, present, random),
  );
}

/** The prescription with which a patient enters: some of what is indicated, somewhere on its ladder. */
export function inheritedPrescription(patient: Case, nothing: Prescription, random: Random): Prescription {
  const share = random.uniform();
  return inRandomOrder(nothing.length, random).reduce<Prescription>((prescription, channel) => {
    const wanted = isIndicated(patient, channel) && random.uniform() < share && !blocksAxis(prescription, channel);
    return wanted ? withDrug(prescription, channel, anyRung(channel, random)) : prescription;
  }, nothing);
}

/** A change of one channel that follows no guideline: start, stop, raise or lower. */
export function explore(present: Prescription, random: Random): Prescription {
  const channel = Math.floor(random.uniform() * present.length);
  const drug = present[channel];
  if (drug === undefined) return withDrug(present, channel, anyRung(channel, random));
  const way = random.uniform();
  if (way < 0.3) return withDrug(present, channel, undefined);
  return withDrug(present, channel, moved(drug, way < 0.65 ? -1 : 1));
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
function inRandomOrder(count: number, random: Random): readonly number[] {
  const keyed = Array.from({ length: count }, (_, channel) => ({ channel, key: random.uniform() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ channel }) => channel);
}

function blocksAxis(prescription: Prescription, channel: number): boolean {
  return RAAS.includes(channel) && RAAS.some((other) => other !== channel && prescription[other] !== undefined);
}

function reconsider(patient: Case, present: Prescription, channel: number, random: Random): Prescription {
  const drug = present[channel];
  if (!isIndicated(patient, channel) || isHeldBack(patient, channel)) return present;
  if (drug === undefined) {
    const starts = random.uniform() < HABITS.start && !blocksAxis(present, channel);
    return starts ? withDrug(present, channel, firstRung(channel, random)) : present;
  }
  if (channel === ACEI && patient.person.reducedEjectionFraction && random.uniform() < HABITS.switchRaas) {
    return switchRaas(present, random);
  }
  return !isAtTarget(drug) && random.uniform() < HABITS.raise ? withDrug(present, channel, moved(drug, 1)) : present;
}

function obeyLimits({ seen }: Case, present: Prescription, random: Random): Prescription {
  const { potassium = 0, sbp = Infinity, heartRate = Infinity } = seen;
  if (random.uniform() > HABITS.obeyLimit) return present;
  return present.map((drug, channel) => {
    if (drug === undefined) return drug;
    const raisesPotassium = channel === MRA || RAAS.includes(channel);
    if (raisesPotassium && potassium > LIMITS.potassiumStop.value) return undefined;
    if (raisesPotassium && potassium > LIMITS.potassiumReduce.value) return moved(drug, -1);
    if (sbp < LIMITS.sbpLow.value && channel !== SGLT2I) return moved(drug, -1);
    if (channel === BB && heartRate < LIMITS.heartRateLow.value) return moved(drug, -1);
    return drug;
  });
}
