import { at } from '../../core/array.ts';
import type { PatientHistory } from '../../domain/belief.ts';
import { anchor, drawAnchored } from '../anchor.ts';
import type { Anchor, AnchorModel, Residual } from '../anchor.ts';
import { individualFrom } from './individual.ts';
import type { Individual, Setpoints } from './individual.ts';
import { instrumentsOf } from './measurement.ts';
import type { Instruments } from './measurement.ts';
import { liveFor } from './live-for.ts';
import type { Parameters } from './parameters.ts';
import { levelPriors, personUnder } from './particle-library.ts';
import type { LevelPriors, LibraryEntry } from './particle-library.ts';
import { QUIET_NOISE, restingState, truthOf } from './virtual-patient.ts';
import type { PatientState } from './virtual-patient.ts';

/** One virtual patient that has lived through the record, with its weight in the belief. */
export interface Particle {
  readonly individual: Individual;
  readonly state: PatientState;
  /** Importance weight; all sum to 1. */
  readonly weight: number;
}

/** What the mechanistic model believes of one patient. */
export interface ParticleCloud {
  readonly particles: readonly Particle[];
  /** 1 / Σ weight²: how many particles in truth carry the belief (Kong 1994, doi 10.1080/01621459.1994.10476469). */
  readonly effectiveSampleSize: number;
}

interface Evidence {
  readonly parameters: Parameters;
  readonly instruments: Instruments;
  readonly history: PatientHistory;
  readonly priors: LevelPriors;
}

/** What the dynamics foretell of the record without fluctuation: values at each visit, and the state now. */
interface Course {
  readonly individual: Individual;
  readonly predicted: readonly (readonly number[])[];
  readonly state: PatientState;
}

const LEVELS = ['potassium', 'gfr', 'sbp', 'heartRate', 'weight', 'hba1c'] as const;

/** Particles that must carry weight, and how finely the power that leaves so many is sought. */
const LEAST_EFFECTIVE = 24;
const HALVINGS = 16;

/** eGFR falls as the 1.2th power of a raised creatinine (CKD-EPI 2021, doi 10.1056/NEJMoa2102953). */
const CREATININE_POWER = 1.2;

/**
 * Weighs a library of virtual patients by how well each explains a record: every one lives through the patient's own
 * doses, its levels are anchored to the measured values, and its weight is the marginal likelihood of those values.
 */
export function weighParticles(
  parameters: Parameters,
  library: readonly LibraryEntry[],
  history: PatientHistory,
): ParticleCloud {
  const record = {
    parameters,
    instruments: instrumentsOf(parameters),
    history,
    priors: levelPriors(parameters, library, history.covariates),
  };
  const settled = library.map((entry) => settle(record, entry));
  const weights = tempered(settled.map(({ logLikelihood }) => logLikelihood));
  return {
    particles: settled.map(({ individual, state }, index) => ({ individual, state, weight: at(weights, index) })),
    effectiveSampleSize: effectiveSize(weights),
  };
}

/**
 * Weights of log-likelihoods. Where a long record would leave fewer than `LEAST_EFFECTIVE` particles in weight, all
 * likelihoods are raised to the largest power that keeps so many (tempering, Neal 2001, doi 10.1023/A:1008923215028):
 * a wider belief, rather than a false certainty that only says how small the library is.
 */
function tempered(logLikelihoods: readonly number[]): readonly number[] {
  let [low, high] = [0, 1];
  let weights = weightsOf(logLikelihoods, high);
  if (effectiveSize(weights) >= LEAST_EFFECTIVE) return weights;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const power = (low + high) / 2;
    weights = weightsOf(logLikelihoods, power);
    if (effectiveSize(weights) >= LEAST_EFFECTIVE) low = power;
    else high = power;
  }
  return weightsOf(logLikelihoods, low);
}

function weightsOf(logLikelihoods: readonly number[], power: number): readonly number[] {
  const largest = Math.max(...logLikelihoods);
  const likelihoods = logLikelihoods.map((logLikelihood) => Math.exp(power * (logLikelihood - largest)));
  const total = likelihoods.reduce((sum, likelihood) => sum + likelihood, 0);
  return likelihoods.map((likelihood) => likelihood / total);
}

function effectiveSize(weights: readonly number[]): number {
  return 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
}

function settle(
  record: Evidence,
  entry: LibraryEntry,
): { readonly individual: Individual; readonly state: PatientState; readonly logLikelihood: number } {
  const { parameters, history } = record;
  const person = personUnder(parameters, entry.scores, history.covariates);
  const priors = { ...record.priors, hba1c: glucosePrior(parameters, person.type2Diabetes) };
  const expected: Setpoints = { ...meansOf(priors), gfr: Math.exp(priors.gfr.mean) };
  const first = liveThrough(history, individualFrom(parameters, entry.scores, { person, setpoints: expected }));
  // Kidney function and pressure bend the other responses, so the patient lives a second time at the levels just seen.
  const gfrShift = anchorOf(record, first, { index: 1, level: { mean: 0, sd: priors.gfr.sd } }).mean[0];
  const sbpShift = anchorOf(record, first, { index: 2, level: { mean: 0, sd: priors.sbp.sd } }).mean[0];
  const seen: Setpoints = { ...expected, gfr: expected.gfr * Math.exp(gfrShift), sbp: expected.sbp + sbpShift };
  const second = liveThrough(history, individualFrom(parameters, entry.scores, { person, setpoints: seen }));
  const shifts: Partial<Record<keyof Setpoints, number>> = { gfr: gfrShift, sbp: sbpShift };
  const anchors = LEVELS.map((name, index) =>
    anchorOf(record, second, { index, level: { mean: -(shifts[name] ?? 0), sd: priors[name].sd } }),
  );
  return {
    ...moveTo(second, anchors, entry.noise),
    logLikelihood: anchors.reduce((sum, { logLikelihood }) => sum + logLikelihood, 0),
  };
}

function meansOf(priors: LevelPriors): Setpoints {
  return Object.fromEntries(LEVELS.map((name) => [name, priors[name].mean])) as unknown as Setpoints;
}

function glucosePrior(parameters: Parameters, type2Diabetes: boolean): LevelPriors['hba1c'] {
  const row = parameters[type2Diabetes ? 'hba1c.diabetes' : 'hba1c.no_diabetes'];
  return { mean: row.value, sd: row.spread.sd };
}

function liveThrough(history: PatientHistory, individual: Individual): Course {
  const [first, ...later] = history.visits;
  let state = restingState(individual, first?.doses ?? history.doses, QUIET_NOISE);
  let daysBeforeNow = first?.daysBeforeNow ?? 0;
  const predicted = first === undefined ? [] : [truthOf(individual, state)];
  for (const visit of later) {
    const days = daysBeforeNow - visit.daysBeforeNow;
    state = liveFor(individual, state, { doses: visit.doses, days, noise: quietly });
    daysBeforeNow = visit.daysBeforeNow;
    predicted.push(truthOf(individual, state));
  }
  state = liveFor(individual, state, { doses: history.doses, days: daysBeforeNow, noise: quietly });
  return { individual, predicted, state };
}

function quietly(): readonly number[] {
  return QUIET_NOISE;
}

function anchorOf(
  { history, instruments }: Evidence,
  { individual, predicted }: Course,
  variable: { readonly index: number; readonly level: AnchorModel['level'] },
): Anchor {
  const { index, level } = variable;
  const residuals: Residual[] = [];
  let previous = history.visits[0]?.daysBeforeNow ?? 0;
  history.visits.forEach(({ values, daysBeforeNow }, visit) => {
    const value = values[index];
    if (value === undefined) return;
    const expected = at(at(predicted, visit), index);
    residuals.push({
      gap: previous - daysBeforeNow,
      value: index === 1 ? Math.log(value / expected) : value - expected,
      errorVariance: errorVariance(instruments, index, value),
    });
    previous = daysBeforeNow;
  });
  const model = {
    level,
    fluctuation: at(individual.fluctuations, index),
    ...surpriseOf(instruments, individual, index),
  };
  return anchor(model, residuals, previous);
}

function errorVariance(instruments: Instruments, index: number, value: number): number {
  const { potassium, creatinine, sbp, heartRate, weight, hba1c } = instruments;
  if (index === 1) return (CREATININE_POWER * creatinine.sd) ** 2;
  const error = at([potassium, creatinine, sbp, heartRate, weight, hba1c], index);
  return (error.kind === 'relative' ? error.sd * value : error.sd) ** 2;
}

/** A fall of eGFR may be an acute illness, a jump of potassium a haemolysed sample. */
function surpriseOf(
  { haemolysis }: Instruments,
  { volumeEvent }: Individual,
  index: number,
): Pick<AnchorModel, 'surprise'> {
  if (index === 0) {
    const { rate, shift, spread } = haemolysis;
    return { surprise: { probability: () => rate, shift, variance: (spread * shift) ** 2, fading: undefined } };
  }
  if (index !== 1) return {};
  const { ratePerDay, logDrop, duration } = volumeEvent;
  return {
    surprise: {
      probability: (gap) => 1 - Math.exp(-ratePerDay * (gap + duration)),
      shift: logDrop,
      // Nobody knows how long before the value the illness began, so how much of it has passed is open.
      variance: (logDrop / 2) ** 2,
      fading: duration,
    },
  };
}

/** Moves a course to levels, fluctuations and injury drawn from what the values say. */
function moveTo(
  { individual, state }: Course,
  anchors: readonly Anchor[],
  noise: readonly number[],
): { readonly individual: Individual; readonly state: PatientState } {
  const drawn = anchors.map((each, index) => drawAnchored(each, noise.slice(3 * index, 3 * index + 3)));
  const [potassium, kidney, sbp, heartRate, weight, hba1c] = drawn.map(([level]) => level) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const { setpoints } = individual;
  return {
    individual: {
      ...individual,
      setpoints: {
        potassium: setpoints.potassium + potassium,
        gfr: setpoints.gfr * Math.exp(kidney),
        sbp: setpoints.sbp + sbp,
        heartRate: setpoints.heartRate + heartRate,
        weight: setpoints.weight + weight,
        hba1c: setpoints.hba1c + hba1c,
      },
    },
    state: {
      ...state,
      structuralGfr: state.structuralGfr * Math.exp(kidney),
      hba1c: state.hba1c + hba1c,
      acuteInjury: Math.min(0, at(drawn, 1)[2]),
      fluctuations: drawn.map(([, fluctuation]) => fluctuation),
    },
  };
}
