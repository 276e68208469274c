import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openMechanisticWorldModel } from '../adapters/mechanistic-world-model.ts';
import { openOnnxWorldModel } from '../adapters/onnx-world-model.ts';
import { AppError } from '../core/errors.ts';
import type { WorldModel } from '../ports/world-model.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { emulateTrial, USUAL_OPTIONS } from '../trials/emulate/emulate-trial.ts';
import type { Emulation, EmulationOptions } from '../trials/emulate/emulate-trial.ts';
import { emulateWithModel } from '../trials/emulate/emulate-with-model.ts';
import { forestPlot } from '../trials/emulate/forest-plot.ts';
import { renderCohort } from '../trials/emulate/render-cohort.ts';
import { FROZEN_ROWS } from '../trials/frozen-rows.ts';
import { judge } from '../trials/referee.ts';
import { renderVerdict, rowsAsJson } from '../trials/render-verdict.ts';
import type { TrialFile } from '../trials/trial-file.ts';
import { drugMapOf, readTrials } from './trials-referee.ts';

const MODELS = ['mechanistic', 'particles', 'learned'] as const;
type ModelName = (typeof MODELS)[number];

/** What was asked for on the command line. */
interface Order extends EmulationOptions {
  readonly place: string;
  readonly model: ModelName;
  readonly models: string;
  readonly json: boolean;
  readonly cohort: boolean;
  readonly frozen: boolean;
  readonly plot: string | undefined;
}

/** Futures a person and arm that a world model behind the port is asked for. */
const SAMPLES = 60;

/**
 * Emulates trials and prints predicted beside reported effects.
 *
 * `<file|folder> [--people N] [--draws K] [--draw-people N] [--seed S] [--model mechanistic|particles|learned]
 * [--models DIR] [--frozen] [--cohort] [--json] [--plot FILE.svg]`. Where the files carry estimates the referee's report
 * follows; `--frozen` grades against the frozen list instead of the rows of the files; `--cohort` prints each baseline
 * table beside what was reached; `--json` prints the rows of §6 alone. `mechanistic` follows everybody to the end of the
 * trial; `particles` and `learned` go through the port, as far as its horizon reaches.
 *
 * @throws AppError `config.invalid` naming everything that is wrong with the arguments or files.
 */
export async function runTrials(args: readonly string[], print: (line: string) => void): Promise<void> {
  const order = parseOrder(args);
  const files = readTrials(order.place);
  const emulations = await emulateAll(files, order);
  const verdict = judge({
    files,
    predictions: emulations.flatMap(({ predictions }) => predictions),
    ...(order.frozen && { frozen: FROZEN_ROWS }),
    drugs: drugMapOf(files),
    seed: order.seed,
  });
  if (order.plot !== undefined) writeFileSync(order.plot, forestPlot(verdict.rows));
  const lines = order.json
    ? [JSON.stringify(rowsAsJson(verdict), null, 2)]
    : [...(order.cohort ? emulations.flatMap(renderCohort) : []), IN_SAMPLE, ...renderVerdict(verdict)];
  lines.forEach(print);
}

/** What a reader must know before the first figure. */
const IN_SAMPLE =
  'In sample: parameters rest on some of the trials that they are graded on (`cited-trials` lists them); no fold leaves a ' +
  'trial out of the simulator, as it does out of the rivals.';

async function emulateAll(files: readonly TrialFile[], order: Order): Promise<readonly Emulation[]> {
  if (order.model === 'mechanistic') return files.map((file) => emulateTrial(file, order));
  const model = await openModel(order);
  const emulations: Emulation[] = [];
  for (const file of files) {
    emulations.push(await emulateWithModel(model, file, { people: order.people, samples: SAMPLES, seed: order.seed }));
  }
  return emulations;
}

async function openModel({ model, models }: Order): Promise<WorldModel> {
  return model === 'learned' ? await openOnnxWorldModel({ folder: models, system }) : openMechanisticWorldModel(system);
}

function parseOrder(args: readonly string[]): Order {
  const text = (value: string | number) => ({ type: 'string', default: String(value) }) as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      people: text(USUAL_OPTIONS.people),
      draws: text(USUAL_OPTIONS.draws),
      'draw-people': text(USUAL_OPTIONS.peopleOfDraw),
      seed: text(USUAL_OPTIONS.seed),
      model: text('mechanistic'),
      models: text('models'),
      plot: { type: 'string' },
      json: { type: 'boolean', default: false },
      cohort: { type: 'boolean', default: false },
      frozen: { type: 'boolean', default: false },
    },
  });
  const [place] = positionals;
  const model = MODELS.find((name) => name === values.model);
  const counts = {
    people: Number(values.people),
    draws: Number(values.draws),
    peopleOfDraw: Number(values['draw-people']),
  };
  const faults = [
    ...(place === undefined ? ['Name a trial file or a folder of them.'] : []),
    ...(model === undefined ? [`--model is one of ${MODELS.join(', ')}.`] : []),
    ...(Object.values(counts).every((count) => Number.isInteger(count) && count >= 0) && counts.people > 0
      ? []
      : ['--people, --draws and --draw-people are whole numbers, people at least 1.']),
  ];
  if (place === undefined || model === undefined || faults.length > 0) throw new AppError('config.invalid', faults);
  const { seed, models, json, cohort, frozen, plot } = values;
  return { place, model, models, seed, json, cohort, frozen, plot, ...counts };
}
