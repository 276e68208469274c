import { groupBy } from '../core/array.ts';
import { barsOf, REFERENCES } from './bars.ts';
import type { Bar, Material, Reference } from './bars.ts';
import { designRows } from './contrast.ts';
import type { DesignedRow, DrugMap } from './contrast.ts';
import { figuresOf, gainOver } from './figures.ts';
import type { ContestantFigures, Gain, Share } from './figures.ts';
import { digestOfRows, matchFrozen } from './frozen-rows.ts';
import type { ArmNames, FrozenRow } from './frozen-rows.ts';
import { countMisses, gradeRows } from './grade.ts';
import type { Grade } from './grade.ts';
import { predictedEffect, predictionOf } from './prediction.ts';
import type { Prediction } from './prediction.ts';
import { CLASS_MEAN } from './rivals/class-mean.ts';
import { CONSTANT } from './rivals/constant.ts';
import { META_REGRESSION } from './rivals/meta-regression.ts';
import { holdOut, LEAVE_CLASS_OUT, LEAVE_TRIAL_OUT } from './rivals/rival.ts';
import type { Fold, Predictor } from './rivals/rival.ts';
import { rowsOf } from './row.ts';
import type { EndpointRow } from './row.ts';
import { armOf } from './trial-file.ts';
import type { TrialFile } from './trial-file.ts';

/** Everything that the referee looks at. It tunes nothing and remembers nothing. */
export interface Case {
  /** The trials that are graded. */
  readonly files: readonly TrialFile[];
  /** Further trials with estimates, from which rivals and τ² may learn but which are not graded. */
  readonly others?: readonly TrialFile[];
  readonly predictions: readonly Prediction[];
  /** Predictions of a simulator refitted without the classes of each row's contrast, where there is one. */
  readonly classOut?: readonly Prediction[];
  /** The rows that were promised; without it, the rows of the files are the list. */
  readonly frozen?: readonly FrozenRow[];
  readonly drugs: DrugMap;
  readonly seed: string;
}

/** One row as it is printed: §6 of the format, with what was reported where it was. */
export interface RowVerdict {
  readonly row: EndpointRow;
  readonly prediction: Prediction;
  readonly grade?: Grade;
}

/** Figures of one class of drugs. */
export interface ClassFigures {
  readonly drugClass: string;
  readonly simulator: ContestantFigures;
  readonly classMean: ContestantFigures;
}

/** What the referee finds. */
export type Verdict = RowList & (Graded | { readonly kind: 'predictions' });

interface RowList {
  readonly rows: readonly RowVerdict[];
  /** Rows of the list that no file holds: they can only be misses. */
  readonly absent: readonly FrozenRow[];
  readonly evaluable: Share;
}

/** The part of a verdict that needs estimates. */
export interface Graded {
  readonly kind: 'graded';
  /** Digest of the frozen list; absent when the files themselves are the list. */
  readonly listDigest?: string;
  readonly simulator: ContestantFigures;
  readonly rivals: readonly ContestantFigures[];
  readonly gains: readonly Gain[];
  readonly bars: readonly Bar[];
  /** Whether the list holds rows that no file has. */
  readonly isShort: boolean;
  readonly classes: readonly ClassFigures[];
  /** The same contest with whole classes left out; the simulator stands first where it was refitted so. */
  readonly classOut: readonly ContestantFigures[];
  readonly references: readonly Reference[];
}

/** Judges predictions against trials; files without estimates only get their predictions listed. */
export function judge(brought: Case): Verdict {
  const { graded, absent } = rowsToGrade(brought);
  const rows = graded.map(({ row }) => ({ row, prediction: answerOf(brought.predictions, row) }));
  const evaluable = {
    hits: rows.filter(({ prediction }) => prediction.evaluable).length,
    of: rows.length + absent.length,
  };
  const withEstimate = graded.filter(({ row }) => row.observed !== undefined);
  if (withEstimate.length === 0) return { kind: 'predictions', rows, absent, evaluable };
  const contest = holdContest(brought, withEstimate);
  const gradeOf = new Map(contest.own.map((grade) => [grade.row, grade]));
  return {
    ...reportContest(brought, contest, evaluable, absent),
    rows: rows.map((row) => {
      const grade = gradeOf.get(row.row);
      return grade === undefined ? row : { ...row, grade };
    }),
    absent,
    evaluable,
  };
}

interface Contest {
  /** The simulator's grades, misses counted. */
  readonly own: readonly Grade[];
  readonly rivals: readonly { readonly name: string; readonly grades: readonly Grade[] }[];
  readonly rows: readonly DesignedRow[];
}

const SIMULATOR = 'simulator';

function holdContest(brought: Case, rows: readonly DesignedRow[]): Contest {
  const pool = designRows([...brought.files, ...(brought.others ?? [])], brought.drugs);
  const rivals = gradeRivals(rows, pool, LEAVE_TRIAL_OUT);
  const grades = gradeRows({ rows, pool }, predictorOf(brought.predictions));
  return {
    rows,
    rivals,
    own: countMisses(
      grades,
      rivals.map(({ grades }) => grades),
    ),
  };
}

function gradeRivals(rows: readonly DesignedRow[], pool: readonly DesignedRow[], fold: Fold): Contest['rivals'] {
  const grade = (name: string, predictor: Predictor) => ({ name, grades: gradeRows({ rows, pool, fold }, predictor) });
  return [
    grade(CONSTANT.name, holdOut(CONSTANT, pool, fold)),
    grade(CLASS_MEAN.name, holdOut(CLASS_MEAN, pool, fold)),
    grade(META_REGRESSION.name, holdOut(META_REGRESSION, pool, fold)),
  ];
}

function predictorOf(predictions: readonly Prediction[]): Predictor {
  return ({ row }) => predictedEffect(predictionOf(predictions, row), row);
}

function reportContest(
  brought: Case,
  { own, rivals, rows }: Contest,
  evaluable: Share,
  absent: readonly FrozenRow[],
): Graded {
  const { seed, frozen } = brought;
  const simulator = countAbsent(figuresOf(SIMULATOR, own, seed), absent);
  const rivalFigures = rivals.map(({ name, grades }) => figuresOf(name, grades, seed));
  const gains = rivals.map(({ name, grades }) => gainOver(name, own, grades, seed));
  const [classMean, overMetaRegression] = [
    called(rivalFigures, ({ name }) => name === CLASS_MEAN.name),
    called(gains, ({ over }) => over === META_REGRESSION.name),
  ];
  return {
    kind: 'graded',
    ...(frozen !== undefined && { listDigest: digestOfRows(frozen) }),
    simulator,
    rivals: rivalFigures,
    gains,
    isShort: absent.length > 0,
    bars: barsOf({
      ...materialsOf(brought, own),
      evaluable,
      trials: new Set([...brought.files.map(({ id }) => id), ...absent.map(({ trial }) => trial)]).size,
      isShort: absent.length > 0,
      simulator,
      classMean,
      overMetaRegression,
    }),
    classes: classFigures(own, called(rivals, ({ name }) => name === CLASS_MEAN.name).grades, rows, seed),
    classOut: classOutFigures(brought, rows),
    references: REFERENCES,
  };
}

/** What each bar rests on: of the graded rows, and for the class mean of all trials that it may learn from. */
function materialsOf({ files, others = [] }: Case, own: readonly Grade[]) {
  const isContinuous = ({ family }: EndpointRow): boolean => family === 'continuous' || family === 'percent';
  const countWhere = (counts: (grade: Grade) => boolean): Material => {
    const rows = own.filter(counts);
    return { rows: rows.length, trials: new Set(rows.map(({ row }) => row.cluster)).size };
  };
  const known = [...files, ...others].flatMap(rowsOf).filter((row) => row.observed !== undefined && isContinuous(row));
  return {
    continuous: countWhere(({ row }) => isContinuous(row)),
    ratios: countWhere(({ row }) => row.family === 'log-ratio'),
    intervals: countWhere(({ isCovered }) => isCovered !== undefined),
    meanOver: new Set(known.map(({ cluster }) => cluster)).size,
  };
}

/** A frozen row that no file holds is neither covered nor inside its interval. */
function countAbsent(figures: ContestantFigures, absent: readonly FrozenRow[]): ContestantFigures {
  const lost = absent.filter(({ hasInterval }) => hasInterval).length;
  const more = ({ hits, of }: Share): Share => ({ hits, of: of + lost });
  return { ...figures, coverage: more(figures.coverage), inside: more(figures.inside) };
}

function classFigures(
  own: readonly Grade[],
  classMean: readonly Grade[],
  rows: readonly DesignedRow[],
  seed: string,
): readonly ClassFigures[] {
  const involved = rows.flatMap(({ contrast }, index) => contrast.involved.map((drugClass) => ({ drugClass, index })));
  return [...groupBy(involved, ({ drugClass }) => drugClass)].map(([drugClass, members]) => {
    const of = (grades: readonly Grade[]): readonly Grade[] => members.flatMap(({ index }) => grades[index] ?? []);
    return {
      drugClass,
      simulator: figuresOf(SIMULATOR, of(own), seed),
      classMean: figuresOf(CLASS_MEAN.name, of(classMean), seed),
    };
  });
}

function classOutFigures(brought: Case, rows: readonly DesignedRow[]): readonly ContestantFigures[] {
  const pool = designRows([...brought.files, ...(brought.others ?? [])], brought.drugs);
  const rivals = gradeRivals(rows, pool, LEAVE_CLASS_OUT);
  const rivalFigures = rivals.map(({ name, grades }) => figuresOf(name, grades, brought.seed));
  if (brought.classOut === undefined) return rivalFigures;
  const grades = gradeRows({ rows, pool, fold: LEAVE_CLASS_OUT }, predictorOf(brought.classOut));
  const own = countMisses(
    grades,
    rivals.map((rival) => rival.grades),
  );
  return [figuresOf(SIMULATOR, own, brought.seed), ...rivalFigures];
}

function rowsToGrade({ files, frozen, drugs }: Case): {
  readonly graded: readonly DesignedRow[];
  readonly absent: readonly FrozenRow[];
} {
  const designed = designRows(files, drugs);
  if (frozen === undefined) return { graded: designed, absent: [] };
  const match = matchFrozen(
    frozen,
    designed.map(({ row }) => row),
    (row) => armNames(files, row),
  );
  const kept = new Set(match.rows);
  return {
    graded: designed.filter(({ row }) => kept.has(row)),
    absent: frozen.filter((_, index) => match.rows[index] === undefined),
  };
}

function armNames(files: readonly TrialFile[], row: EndpointRow): ArmNames {
  const file = files.find(({ id }) => id === row.trial);
  const names = (id: string): readonly string[] => {
    const label = file === undefined ? undefined : armOf(file, id)?.label;
    return label === undefined ? [id] : [id, label];
  };
  return { arm: names(row.arm), comparator: names(row.comparator) };
}

function answerOf(predictions: readonly Prediction[], row: EndpointRow): Prediction {
  const { trial, arm, comparator, endpoint, month } = row;
  const key = { trial, arm, comparator, endpoint, month };
  const given = predictionOf(predictions, row);
  if (given === undefined) return { ...key, evaluable: false, reason: 'no prediction was given' };
  if (!given.evaluable || predictedEffect(given, row) !== undefined) return { ...given, month };
  return { ...key, evaluable: false, reason: `a ratio must be above 0, not ${given.predicted}` };
}

function called<T>(items: readonly T[], is: (item: T) => boolean): T {
  const found = items.find(is);
  if (found === undefined) throw new TypeError('a rival is missing from the contest');
  return found;
}
