import { at, groupBy } from '../core/array.ts';
import { mean } from '../core/statistics.ts';
import type { System } from '../domain/system.ts';
import type { Trajectory } from '../domain/trajectory.ts';
import type { WorldModel } from '../ports/world-model.ts';
import { scoreGuess, scoreSamples } from './sample-scores.ts';
import type { SampleScore } from './sample-scores.ts';
import type { VirtualCase } from './virtual-cases.ts';

/** One forecast of one variable of one person on one day under one regimen, scored. */
export interface ForecastCell extends SampleScore {
  readonly forecaster: string;
  readonly person: number;
  readonly variable: string;
  readonly day: number;
  /** Squared error of the individual difference between the two regimens; once a pair. */
  readonly effectError?: number;
}

/** The figures of one forecaster for one variable and day, in the variable's unit. */
export interface ForecastFigures {
  readonly forecaster: string;
  readonly variable: string;
  readonly day: number;
  readonly forecasts: number;
  readonly crps: number;
  readonly mae: number;
  /** Share of 90 % intervals that held what was measured. */
  readonly coverage: number;
  /** Root mean squared error of the individual difference between two regimens (PEHE). */
  readonly effectError: number;
}

/** A person whose future is forecast and known. */
export interface Examinee {
  readonly system: System;
  readonly person: number;
  readonly known: VirtualCase;
}

/** Lets a model forecast a person under both regimens, and scores it. */
export async function scoreModel(
  { system, person, known }: Examinee,
  forecaster: string,
  model: WorldModel,
  draw: { readonly samples: number; readonly seed: string },
): Promise<readonly ForecastCell[]> {
  const belief = await model.encode(known.history);
  const futures = await model.rollOut(belief, known.regimens, { days: known.days, ...draw });
  return eachForecast(system, known, ({ variable, day, regimen }) => {
    const drawn = columnOf(at(futures, regimen), day, variable);
    const score = scoreSamples(drawn, at(at(at(known.observed, regimen), day), variable));
    if (regimen === 0) return { forecaster, person, ...score };
    const effect = mean(drawn) - mean(columnOf(at(futures, 0), day, variable));
    return { forecaster, person, ...score, effectError: (effect - trueEffect(known, day, variable)) ** 2 };
  });
}

/** Scores the repetition of the last value, which knows of no effect. */
export function scoreCarriedForward({ system, person, known }: Examinee, forecaster: string): readonly ForecastCell[] {
  return eachForecast(system, known, ({ variable, day, regimen }) => {
    const last = lastValue(known, variable) ?? Number.NaN;
    const score = scoreGuess(last, at(at(at(known.observed, regimen), day), variable));
    const effectError = regimen === 0 ? {} : { effectError: trueEffect(known, day, variable) ** 2 };
    return { forecaster, person, ...score, ...effectError };
  });
}

/** Averages cells per forecaster, variable and day, in the order in which they first appear. */
export function figuresOf(cells: readonly ForecastCell[]): readonly ForecastFigures[] {
  const groups = groupBy(cells, ({ forecaster, variable, day }) => `${variable}/${day}/${forecaster}`);
  return [...groups.values()].map((group) => {
    const { forecaster, variable, day } = at(group, 0);
    const errors = group.flatMap(({ effectError }) => effectError ?? []);
    return {
      forecaster,
      variable,
      day,
      forecasts: group.length,
      crps: round(mean(group.map(({ crps }) => crps))),
      mae: round(mean(group.map(({ absoluteError }) => absoluteError))),
      coverage: round(mean(group.map(({ isCovered }) => Number(isCovered)))),
      effectError: round(Math.sqrt(mean(errors))),
    };
  });
}

/** Visits every variable that was ever measured, on every day, under both regimens. Arguments are indices. */
function eachForecast(
  system: System,
  known: VirtualCase,
  score: (place: {
    readonly variable: number;
    readonly day: number;
    readonly regimen: number;
  }) => Omit<ForecastCell, 'variable' | 'day'>,
): readonly ForecastCell[] {
  const measured = system.variables.flatMap(({ id }, variable) =>
    lastValue(known, variable) === undefined ? [] : [{ id, variable }],
  );
  return measured.flatMap(({ id, variable }) =>
    known.days.flatMap((ahead, day) =>
      [0, 1].map((regimen) => ({ variable: id, day: ahead, ...score({ variable, day, regimen }) })),
    ),
  );
}

function lastValue({ history }: VirtualCase, variable: number): number | undefined {
  return history.visits.findLast((visit) => visit.values[variable] !== undefined)?.values[variable];
}

function trueEffect({ truth }: VirtualCase, day: number, variable: number): number {
  return at(at(at(truth, 1), day), variable) - at(at(at(truth, 0), day), variable);
}

/** All draws of one variable on one day; shape [draws]. */
function columnOf({ samples, days, variables }: Trajectory, day: number, variable: number): Float64Array {
  const stride = days.length * variables.length;
  const start = day * variables.length + variable;
  return Float64Array.from({ length: samples.length / stride }, (_, row) => at(samples, row * stride + start));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
