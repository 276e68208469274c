import { at, groupBy } from '../../core/array.ts';
import { PARAMETER_ROWS } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import type { ParameterRow } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import { emulateTrial } from '../emulate/emulate-trial.ts';
import type { EmulationOptions } from '../emulate/emulate-trial.ts';
import type { Prediction } from '../prediction.ts';
import type { TrialPopulation } from '../trial-file.ts';
import type { DoseWeekEffect, DoseWeekForecaster } from './effect.ts';
import { outcomeOf } from './outcomes.ts';
import { trialOfStudy } from './study-trial.ts';

/** How the virtual patients live through the studies. */
export interface DoseWeekSimulation extends EmulationOptions {
  /** The people of a study, where a publication describes them. */
  readonly populationOf?: (study: string) => TrialPopulation | undefined;
  /** The parameters that a study is predicted with: those of the fold in which it was held out. */
  readonly rowsFor?: (study: string) => readonly ParameterRow[];
}

/** What the simulator says of a set of effects. */
export interface SimulatedEffects {
  readonly forecaster: DoseWeekForecaster;
  /** Why it says nothing of an effect. */
  readonly why: (effect: DoseWeekEffect) => string | undefined;
}

/** Lets virtual patients live through every arm of every study; one emulation a study and unit. */
export function simulateDoseWeek(
  effects: readonly DoseWeekEffect[],
  { populationOf = () => undefined, rowsFor = () => PARAMETER_ROWS, ...options }: DoseWeekSimulation,
): SimulatedEffects {
  const said = new Map<DoseWeekEffect, Prediction>();
  for (const own of groupBy(effects, ({ study, unit }) => `${study} | ${unit}`).values()) {
    const { study, unit } = at(own, 0);
    const outcome = outcomeOf(unit);
    if (outcome === undefined) continue;
    const trial = trialOfStudy(study, own, outcome, populationOf(study));
    const { predictions } = emulateTrial(trial, options, rowsFor(study));
    own.forEach((effect, index) => said.set(effect, at(predictions, index)));
  }
  return {
    forecaster: (effect) => {
      const prediction = said.get(effect);
      return prediction?.evaluable === true
        ? { value: prediction.predicted, sd: Math.max(prediction.predictiveSd, prediction.monteCarloSe) }
        : undefined;
    },
    why: (effect) => {
      const prediction = said.get(effect);
      if (prediction === undefined) return `${effect.unit} is the unit of no outcome that the system has`;
      return prediction.evaluable ? undefined : prediction.reason;
    },
  };
}
