import { groupBy } from '../../core/array.ts';
import { derSimonianLaird } from '../heterogeneity.ts';
import type { DoseWeekEffect, DoseWeekForecaster } from './effect.ts';

/**
 * Leave-one-study-out pooling: the random-effects mean of the other studies of the same agent nearest in dose and week;
 * undefined where no other study has the agent.
 */
export function poolNeighbours(effects: readonly DoseWeekEffect[]): DoseWeekForecaster {
  return (target, asIfAlsoWithout) => {
    const others = effects.filter(
      ({ study, agent, unit }) =>
        study !== target.study && study !== asIfAlsoWithout?.study && agent === target.agent && unit === target.unit,
    );
    const nearest = [...groupBy(others, ({ study }) => study).values()].flatMap((own) => nearestTo(target, own) ?? []);
    if (nearest.length === 0) return undefined;
    const close = nearest.filter((effect) => distance(effect, target) <= NEIGHBOUR);
    const pool = (close.length > 0 ? close : nearest).map(({ value, standardError }) => ({
      value,
      variance: standardError ** 2,
    }));
    const { mean: value, standardError: sd } = derSimonianLaird(pool);
    return { value, sd };
  };
}

/** Doublings of dose plus doublings of time up to which another study is a neighbour. */
const NEIGHBOUR = 0.6;

function distance(a: DoseWeekEffect, b: DoseWeekEffect): number {
  const dose =
    a.dose === undefined || b.dose === undefined || a.dose * b.dose === 0 ? 0 : Math.abs(Math.log2(a.dose / b.dose));
  return dose + Math.abs(Math.log2(a.week / b.week));
}

function nearestTo(target: DoseWeekEffect, effects: readonly DoseWeekEffect[]): DoseWeekEffect | undefined {
  return effects.reduce<DoseWeekEffect | undefined>(
    (best, effect) => (best === undefined || distance(effect, target) < distance(best, target) ? effect : best),
    undefined,
  );
}
