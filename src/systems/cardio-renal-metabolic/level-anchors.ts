import { at } from '../../core/array.ts';
import { anchor } from '../anchor.ts';
import type { Anchor, AnchorModel, Residual } from '../anchor.ts';
import type { Fluctuation } from '../integrate.ts';
import { isMeasured } from './chart.ts';
import type { Chart } from './chart.ts';
import type { Individual, Setpoints } from './individual.ts';
import { LEVELS, SETPOINT_OF, scaled } from './informed-levels.ts';
import type { Foretold, LivedRecord } from './lived-record.ts';
import type { Instruments } from './measurement.ts';
import type { LevelPriors } from './neighbours.ts';
import { VARIABLES } from './schema.ts';
import { VARIABLE_INDEX } from './seen.ts';
import { LOGARITHMIC } from './state.ts';

const { potassium: POTASSIUM, egfr: EGFR, sbp: SBP, dbp: DBP, hba1c: HBA1C, fasting_glucose: GLUCOSE } = VARIABLE_INDEX;

/** Deviations of setpoints on their scales. */
type Deviations = Partial<Record<keyof Setpoints, number>>;

/** Somebody who lived through a record, and what was expected of such people. */
export interface Course {
  readonly individual: Individual;
  readonly lived: LivedRecord;
  readonly priors: LevelPriors;
}

/** What the values of each variable say, by `System.variables`; glucose begins where HbA1c left off. */
export function anchorsOf(record: Chart, course: Course): readonly (Anchor | undefined)[] {
  const anchors: (Anchor | undefined)[] = [];
  VARIABLES.forEach((_, variable) => {
    const before = variable === GLUCOSE ? anchors[HBA1C] : undefined;
    anchors.push(isMeasured(record, variable) ? anchorOf(record, course, variable, before) : undefined);
  });
  return anchors;
}

function anchorOf(
  { evidence, instruments }: Chart,
  { individual, lived, priors }: Course,
  variable: number,
  before: Anchor | undefined,
): Anchor {
  const { readings, untilNow } = at(evidence, variable);
  const isLogarithmic = at(LOGARITHMIC, variable);
  const { low } = at(VARIABLES, variable).plausible;
  const residuals = readings.map(({ visit, gap, value, errorVariance, unrest }): Residual => {
    const foretold = at(lived.foretold, visit);
    const level = Math.max(low, at(foretold.levels, variable));
    return {
      gap,
      value: value - scaled(level, isLogarithmic),
      errorVariance,
      unrest,
      sensitivity: sensitivityOf(individual, variable, foretold, level),
    };
  });
  const model: AnchorModel = {
    level: before === undefined ? priorOf(individual, priors, variable) : levelOf(before),
    fluctuation: fluctuationOf(individual, variable),
    ...surpriseOf(instruments, individual, variable),
  };
  return anchor(model, residuals, untilNow);
}

/** By how much a value moves with the setpoint that it tells. */
function sensitivityOf(
  { glucose }: Individual,
  variable: number,
  { pressure, hba1c }: Foretold,
  level: number,
): number {
  if (variable === SBP) return pressure;
  if (variable === HBA1C) return hba1c;
  return variable === GLUCOSE ? (hba1c * glucose.scale.slope * glucose.fastingShare) / level : 1;
}

/** The prior of a setpoint, as a deviation from where the course stands. */
function priorOf({ setpoints }: Individual, priors: LevelPriors, variable: number): AnchorModel['level'] {
  const name = at(SETPOINT_OF, variable);
  const { mean, sd } = priors[name];
  const isLogarithmic = LEVELS.some((level) => level.name === name && level.isLogarithmic);
  return { mean: mean - scaled(setpoints[name], isLogarithmic), sd };
}

function levelOf({ mean, covariance }: Anchor): AnchorModel['level'] {
  return { mean: mean[0], sd: Math.sqrt(Math.max(0, covariance[0])) };
}

/** How a variable fluctuates; diastolic pressure does so with systolic, and a little by itself. */
function fluctuationOf({ fluctuations, pressure }: Individual, variable: number): Fluctuation {
  const own = at(fluctuations, variable);
  if (variable !== DBP) return own;
  return { sd: Math.hypot(own.sd, pressure.diastolicFluctuation * at(fluctuations, SBP).sd), time: own.time };
}

/** A fall of eGFR may be an acute illness, a jump of potassium a haemolysed sample. */
function surpriseOf(
  { haemolysis }: Instruments,
  { volumeEvent }: Individual,
  variable: number,
): Pick<AnchorModel, 'surprise'> {
  if (variable === POTASSIUM) {
    const { rate, shift, spread } = haemolysis;
    // Mean and variance of a lognormal number with this median.
    const mean = shift * Math.exp(spread ** 2 / 2);
    const variance = mean ** 2 * (Math.exp(spread ** 2) - 1);
    return { surprise: { probability: () => rate, shift: mean, variance, fading: undefined } };
  }
  if (variable !== EGFR) return {};
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

/** One deviation a setpoint: of two variables that tell the same, the first that was measured. */
export function deviationsOf(
  anchors: readonly (Anchor | undefined)[],
  of: (anchor: Anchor, variable: number) => number,
): Readonly<Deviations> {
  const deviations: Deviations = {};
  anchors.forEach((found, variable) => {
    if (found !== undefined) deviations[at(SETPOINT_OF, variable)] ??= of(found, variable);
  });
  return deviations;
}
