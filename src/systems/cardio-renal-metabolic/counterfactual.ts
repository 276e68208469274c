import { at } from '../../core/array.ts';
import { fullyMeasured } from './case.ts';
import type { Case } from './case.ts';
import type { Random } from '../../core/random.ts';
import { COHORT_DESIGN as DESIGN } from './cohort-design.ts';
import { liveFor, piecesOf } from './live-for.ts';
import type { VirtualPatient } from './life.ts';
import { instrumentsOn, measureTruth } from './measurement.ts';
import type { Instruments } from './measurement.ts';
import { measurementNoise, stepNoise } from './noise.ts';
import { dosesOfPrescription } from './prescription.ts';
import type { Prescription } from './prescription.ts';
import { USUAL_HABITS } from './clinic-habits.ts';
import { explore, prescribe, switchRaas } from './treatment-policy.ts';
import { truthOf } from './virtual-patient.ts';

/** One future: the doses in each step, what became true, and what would be measured. All [days × …]. */
export interface Future {
  readonly doses: readonly (readonly number[])[];
  readonly truth: readonly (readonly number[])[];
  readonly observed: readonly (readonly number[])[];
}

/** The same patient with the same noise under two regimens. */
export interface CounterfactualPair {
  /** Days ahead, ascending; unit: d. */
  readonly days: readonly number[];
  readonly a: Future;
  readonly b: Future;
}

/** Whoever has a future: a virtual patient at now, and how the same person fluctuates while in hospital. */
export type Living = Pick<VirtualPatient, 'individual' | 'ill' | 'setting' | 'state'>;

/** The noise of one future: what every regimen of a comparison shares. */
export interface FutureNoise {
  /** [days][pieces of a step]. */
  readonly steps: readonly (readonly (readonly number[])[])[];
  /** [days]. */
  readonly measurements: readonly (readonly number[])[];
}

/** Draws the noise of one future, to be shared by every regimen that is compared. */
export function futureNoise(days: readonly number[], random: Random): FutureNoise {
  return {
    steps: days.map((day, index) => piecesOf(day - (days[index - 1] ?? 0)).map(() => stepNoise(random))),
    measurements: days.map(() => measurementNoise(random)),
  };
}

/** Lives one future under the doses of each step; of `instruments`, day 0 is now. */
export function liveOn(
  patient: Living,
  instruments: Instruments,
  plan: {
    readonly days: readonly number[];
    readonly doses: readonly (readonly number[])[];
    readonly noise: FutureNoise;
  },
): Future {
  let { state } = patient;
  const truth = plan.days.map((day, index) => {
    const from = plan.days[index - 1] ?? 0;
    const isIll = patient.setting === 'inpatient' && from < DESIGN.convalescence;
    const individual = isIll ? patient.ill : patient.individual;
    const noise = at(plan.noise.steps, index);
    state = liveFor(individual, state, {
      doses: at(plan.doses, index),
      days: day - from,
      noise: (piece) => at(noise, piece),
    });
    return truthOf(individual, state);
  });
  const observed = truth.map((values, index) =>
    measureTruth(
      instrumentsOn(instruments, at(plan.days, index)),
      patient.individual.person,
      values,
      at(plan.noise.measurements, index),
    ),
  );
  return { doses: plan.doses, truth, observed };
}

/**
 * Draws a pair of regimens for a patient and lives both with the same noise.
 *
 * `horizon`: days ahead, ascending, to five years; of `instruments`, day 0 is now.
 */
export function drawCounterfactualPair(
  patient: VirtualPatient,
  instruments: Instruments,
  options: { readonly horizon: readonly number[]; readonly random: Random },
): CounterfactualPair {
  const { random } = options;
  const days = drawDays(options.horizon, random);
  const noise = futureNoise(days, random.split('future'));
  const live = (doses: readonly (readonly number[])[]): Future => liveOn(patient, instruments, { days, doses, noise });
  const now = patient.prescription;
  const comparator = random.uniform() < DESIGN.changedComparator ? candidate(patient, random) : now;
  return {
    days,
    a: live(held(comparator, days.length)),
    b: live(drawCourse(patient, days.length, random)),
  };
}

function drawDays(horizon: readonly number[], random: Random): readonly number[] {
  if (random.uniform() < DESIGN.standardGrid) return horizon;
  const [first, usualLast] = DESIGN.randomGrid;
  const last = Math.max(usualLast, horizon.at(-1) ?? 0);
  // Evenly on the logarithm, so that days are as well covered as months.
  const drawn = horizon.map(() => first * (last / first) ** random.uniform()).sort((x, y) => x - y);
  return drawn.map((day, index) => day + index * 1e-3);
}

/** Regimen B: a candidate change, held or, in some, changed again on the way. */
function drawCourse(patient: VirtualPatient, steps: number, random: Random): readonly (readonly number[])[] {
  const first = candidate(patient, random);
  if (steps < 2 || random.uniform() >= DESIGN.switchShare) return held(first, steps);
  const second = random.uniform() < 0.5 ? patient.prescription : explore(caseNow(patient), first, random);
  const turn = 1 + Math.floor(random.uniform() * (steps - 1));
  return [...held(first, turn), ...held(second, steps - turn)];
}

function held(prescription: Prescription, steps: number): readonly (readonly number[])[] {
  const doses = dosesOfPrescription(prescription);
  return Array.from({ length: steps }, () => doses);
}

/** What a clinician might order next: mostly one changed channel, sometimes what guidelines ask, or another RAAS blocker. */
function candidate(patient: VirtualPatient, random: Random): Prescription {
  const kind = random.uniform();
  if (kind < 0.1) return switchRaas(patient.prescription, random);
  if (kind < 0.4) return prescribe(caseNow(patient), patient.prescription, { habits: USUAL_HABITS, tempo: 1, random });
  return explore(caseNow(patient), patient.prescription, random);
}

/** The patient as a clinician would know them if everything were measured now. */
function caseNow({ individual, state }: VirtualPatient): Case {
  return fullyMeasured(individual, truthOf(individual, state), 0);
}
