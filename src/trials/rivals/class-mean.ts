import { groupBy } from '../../core/array.ts';
import { mean } from '../../core/statistics.ts';
import type { DesignedRow } from '../contrast.ts';
import { derSimonianLaird } from '../heterogeneity.ts';
import type { StudyEffect } from '../heterogeneity.ts';
import type { PredictedEffect } from '../prediction.ts';
import { constantEffect } from './constant.ts';
import type { Rival } from './rival.ts';
import { trainingEffects } from './training-effect.ts';
import type { TrainingEffect } from './training-effect.ts';

/**
 * The second null rival: the mean of the other trials of the same class contrast and endpoint, turned where they state it
 * the other way round; else the mean of the endpoint over treatments against none; else the constant.
 */
export const CLASS_MEAN: Rival<null> = {
  name: 'class mean of the other trials',
  settle: () => null,
  predict: (training, _settings, target) => {
    const own = trainingEffects(training).filter(({ from }) => from.row.endpoint === target.row.endpoint);
    return classMean(own, target) ?? endpointMean(own, target) ?? constantEffect(target);
  },
};

function classMean(effects: readonly TrainingEffect[], { contrast }: DesignedRow): PredictedEffect | undefined {
  const same = effects.filter(({ from }) => from.contrast.id === contrast.id);
  return pooledOver(same.map((effect) => turned(effect, effect.from.contrast.sign * contrast.sign)));
}

function endpointMean(effects: readonly TrainingEffect[], { row, contrast }: DesignedRow): PredictedEffect | undefined {
  if (row.family === 'rate') return pooledOver(effects);
  if (contrast.activity === 0) return undefined;
  const treated = effects.filter(({ from }) => from.contrast.activity !== 0);
  return pooledOver(treated.map((effect) => turned(effect, effect.from.contrast.activity * contrast.activity)));
}

function turned(effect: TrainingEffect, sign: number): TrainingEffect {
  return { ...effect, value: Math.sign(sign) * effect.value };
}

/** Each trial speaks once: the rows of one trial share patients and are averaged before trials are pooled. */
function pooledOver(effects: readonly TrainingEffect[]): PredictedEffect | undefined {
  if (effects.length === 0) return undefined;
  const trials = [...groupBy(effects, ({ from }) => from.row.cluster).values()].map(trialMean);
  const { mean: value, standardError: sd } = derSimonianLaird(trials);
  return { value, sd };
}

function trialMean(effects: readonly TrainingEffect[]): StudyEffect {
  return { value: mean(effects.map(({ value }) => value)), variance: mean(effects.map(({ variance }) => variance)) };
}
