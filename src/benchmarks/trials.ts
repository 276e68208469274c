import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMechanisticWorldModel } from '../adapters/mechanistic-world-model.ts';
import { openOnnxWorldModel } from '../adapters/onnx-world-model.ts';
import { AppError } from '../core/errors.ts';
import type { WorldModel } from '../ports/world-model.ts';
import { simulatorDigests } from '../systems/cardio-renal-metabolic/simulator-digests.ts';
import { cardioRenalMetabolic as system } from '../systems/cardio-renal-metabolic/system.ts';
import { emulateTrial, USUAL_OPTIONS } from '../trials/emulate/emulate-trial.ts';
import type { Emulation, EmulationOptions } from '../trials/emulate/emulate-trial.ts';
import { emulateWithModel } from '../trials/emulate/emulate-with-model.ts';
import { forestPlot } from '../trials/emulate/forest-plot.ts';
import { recalledRowsOf } from '../trials/emulate/recalled-rows.ts';
import { renderCohort } from '../trials/emulate/render-cohort.ts';
import { notesOfFile } from '../trials/emulate/trial-cohort.ts';
import { FROZEN_ROWS } from '../trials/frozen-rows.ts';
import { parseExplanations } from '../trials/large-misses.ts';
import { judge } from '../trials/referee.ts';
import type { Case } from '../trials/referee.ts';
import { renderVerdict } from '../trials/render-verdict.ts';
import type { ReportNotes } from '../trials/render-verdict.ts';
import { IN_SAMPLE, outOfFoldCaveats, staleCaveats } from '../trials/report-caveats.ts';
import { rowsAsJson } from '../trials/rows-as-json.ts';
import { parseStoredCalibration } from '../trials/stored-calibration.ts';
import type { TrialFile } from '../trials/trial-file.ts';
import { drugMapOf, readFileAs, readTrials } from './trials-referee.ts';

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
  readonly outOfFold: boolean;
  readonly plot: string | undefined;
}

/** Futures a person and arm that a world model behind the port is asked for. */
const SAMPLES = 60;

/**
 * Emulates trials, or takes their stored predictions, and prints predicted beside reported effects.
 *
 * `<file|folder> [--people N] [--draws K] [--draw-people N] [--seed S] [--model mechanistic|particles|learned]
 * [--models DIR] [--frozen] [--out-of-fold] [--cohort] [--json] [--plot FILE.svg]`. Where the files carry estimates the
 * referee's report follows; `--frozen` grades against the frozen list instead of the rows of the files; `--out-of-fold`
 * grades what `sextant calibrate` stored of fits that had not seen each trial; `--cohort` prints each baseline table
 * beside what was reached; `--json` prints the rows of §6 alone. `mechanistic` follows everybody to the end of the trial;
 * `particles` and `learned` go through the port, as far as its horizon reaches.
 *
 * @throws AppError `config.invalid` naming everything that is wrong with the arguments or files.
 */
export async function runTrials(args: readonly string[], print: (line: string) => void): Promise<void> {
  const order = parseOrder(args);
  const files = readTrials(order.place);
  const answers = order.outOfFold ? storedAnswers(files, order) : await emulatedAnswers(files, order);
  const verdict = judge({
    files,
    ...answers.given,
    ...(order.frozen && { frozen: FROZEN_ROWS }),
    drugs: drugMapOf(files),
    seed: order.seed,
  });
  if (order.plot !== undefined) writeFileSync(order.plot, forestPlot(verdict.rows));
  const lines = order.json
    ? [JSON.stringify(rowsAsJson(verdict, answers.notes), null, 2)]
    : [
        ...renderVerdict(verdict, { ...knownOf(files, order), caveats: answers.caveats, notes: answers.notes }),
        ...answers.cohorts,
      ];
  lines.forEach(print);
}

/** Predictions to grade, and what the report says of them. */
interface Answers {
  readonly given: Pick<Case, 'predictions' | 'classOut'>;
  readonly caveats: readonly string[];
  /** What was taken for granted or left out, by trial. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
  readonly cohorts: readonly string[];
}

function storedAnswers(files: readonly TrialFile[], { models }: Order): Answers {
  const name = join(models, system.id, 'trials-calibration.json');
  if (!existsSync(name))
    throw new AppError('config.invalid', [`${name} is not there: run \`sextant calibrate\` first.`]);
  const calibration = readFileAs(name, parseStoredCalibration);
  const { predictions, classOut, folds } = calibration;
  if (!files.some(({ id }) => folds.some(({ trial }) => trial === id))) {
    throw new AppError('config.invalid', [`${name} holds none of these trials: leave --out-of-fold out.`]);
  }
  const caveats = [...outOfFoldCaveats(calibration), ...staleCaveats(calibration, simulatorDigests())];
  const notes = Object.fromEntries(files.map((file) => [file.id, notesOfFile(file)]));
  return { given: { predictions, classOut }, caveats, notes, cohorts: [] };
}

async function emulatedAnswers(files: readonly TrialFile[], order: Order): Promise<Answers> {
  const emulations = await emulateAll(files, order);
  return {
    given: { predictions: emulations.flatMap(({ predictions }) => predictions) },
    caveats: IN_SAMPLE,
    notes: Object.fromEntries(emulations.map(({ trial, notes }) => [trial, notes])),
    cohorts: order.cohort ? emulations.flatMap(renderCohort) : [],
  };
}

/** Explanations where the system has any, and the recalled parameters behind each row. */
function knownOf(files: readonly TrialFile[], { models }: Order): ReportNotes {
  const name = join(models, system.id, 'trials-misses.json');
  const fileOf = new Map(files.map((file) => [file.id, file]));
  return {
    explanations: existsSync(name) ? readFileAs(name, parseExplanations) : [],
    recalledFor: (row) => {
      const file = fileOf.get(row.trial);
      return file === undefined ? [] : recalledRowsOf(file, row);
    },
  };
}

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

const OPTIONS = {
  people: { type: 'string', default: String(USUAL_OPTIONS.people) },
  draws: { type: 'string', default: String(USUAL_OPTIONS.draws) },
  'draw-people': { type: 'string', default: String(USUAL_OPTIONS.peopleOfDraw) },
  seed: { type: 'string', default: USUAL_OPTIONS.seed },
  model: { type: 'string', default: 'mechanistic' },
  models: { type: 'string', default: 'models' },
  plot: { type: 'string' },
  json: { type: 'boolean', default: false },
  cohort: { type: 'boolean', default: false },
  frozen: { type: 'boolean', default: false },
  'out-of-fold': { type: 'boolean', default: false },
} as const;

function parseOrder(args: readonly string[]): Order {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const { people, draws, 'draw-people': peopleOfDraw, model: asked, 'out-of-fold': outOfFold, plot, ...rest } = values;
  const [place] = positionals;
  const model = MODELS.find((name) => name === asked);
  const counts = { people: Number(people), draws: Number(draws), peopleOfDraw: Number(peopleOfDraw) };
  const faults = [
    ...(place === undefined ? ['Name a trial file or a folder of them.'] : []),
    ...(model === undefined ? [`--model is one of ${MODELS.join(', ')}.`] : []),
    ...(outOfFold && (rest.cohort || asked !== 'mechanistic')
      ? ['--out-of-fold takes stored predictions: it goes with no --cohort and no other --model.']
      : []),
    ...faultsOf(counts),
  ];
  if (place === undefined || model === undefined || faults.length > 0) throw new AppError('config.invalid', faults);
  return { ...rest, ...counts, place, model, outOfFold, plot };
}

function faultsOf({
  people,
  draws,
  peopleOfDraw,
}: Pick<Order, 'people' | 'draws' | 'peopleOfDraw'>): readonly string[] {
  const isCounted = [people, draws, peopleOfDraw].every((count) => Number.isInteger(count) && count >= 0) && people > 0;
  if (!isCounted) return ['--people, --draws and --draw-people are whole numbers, people at least 1.'];
  return draws > 0 && peopleOfDraw === 0 ? ['--draw-people is at least 1, unless --draws is 0.'] : [];
}
