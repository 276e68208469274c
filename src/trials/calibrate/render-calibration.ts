import { at } from '../../core/array.ts';
import type { FreeParameter } from '../../systems/cardio-renal-metabolic/free-parameters.ts';
import type { StoredCalibration } from '../stored-calibration.ts';

/**
 * A calibration as Markdown: each free parameter before and after, how far it moved, and between which values it lies when
 * one trial after the other is held out.
 */
export function renderCalibration(stored: StoredCalibration, free: readonly FreeParameter[]): readonly string[] {
  const why = new Map(free.map((parameter) => [parameter.id, parameter.start?.why ?? parameter.why]));
  return [
    '# Free parameters',
    '',
    `Simulator as published ${stored.simulator.published ?? 'unknown'}, calibrated ${stored.simulator.calibrated ?? 'unknown'}.`,
    'Value of the first row; sd of its logarithm; moved: change of the logarithm in prior standard deviations.',
    '',
    '| parameter | rows | before (sd) | after (sd) | moved | over folds | prior from |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...stored.free.map(
      (parameter, index) => `| ${cellsOf(parameter, index, stored).join(' | ')} | ${why.get(parameter.id) ?? ''} |`,
    ),
    '',
    '# Surfaces beside the simulator',
    '',
    'Root mean squares over the rows of a kind at the fitted values, by the same people.',
    '',
    '| kind | error | effect |',
    '| --- | --- | --- |',
    ...Object.entries(stored.surfaces).map(
      ([kind, { error, effect }]) => `| ${kind} | ${round(error)} | ${round(effect)} |`,
    ),
    '',
    'Each trial beside what it reported, in the fold where it was not fitted: `trial <folder> --frozen --out-of-fold`.',
  ];
}

/** A parameter that moved by more prior standard deviations than this is at odds with what its prior rests on. */
const CONFLICT = 1.5;

function cellsOf(
  { id, rows, prior, posterior }: StoredCalibration['free'][number],
  index: number,
  { folds }: StoredCalibration,
) {
  const moved = Math.log(posterior.value / prior.value) / prior.sd;
  const inFolds = folds.map(({ free }) => prior.value * Math.exp(at(free, index).logFactor));
  return [
    id,
    rows.join(', '),
    `${round(prior.value)} (${prior.sd.toFixed(2)})`,
    `${round(posterior.value)} (${posterior.sd.toFixed(2)})`,
    `${moved.toFixed(1)}${Math.abs(moved) > CONFLICT ? ' **conflict**' : ''}`,
    `${round(Math.min(...inFolds))} to ${round(Math.max(...inFolds))}`,
  ];
}

function round(value: number): string {
  return value.toPrecision(3);
}
