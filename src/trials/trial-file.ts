import { z } from 'zod';
import { parseEligibility } from './eligibility.ts';
import type { Criterion } from './eligibility.ts';
import { problemsOf } from './problems.ts';
import type { Reading, TrialProblem } from './problems.ts';

/** How a baseline item is distributed in the people of a trial. */
export type BaselineItem =
  | { readonly form: 'mean'; readonly mean: number; readonly sd?: number; readonly unit: string }
  | {
      readonly form: 'median';
      readonly median: number;
      readonly q1?: number;
      readonly q3?: number;
      readonly unit: string;
    };

/** The people of a trial, as its baseline table describes them. */
export interface TrialPopulation {
  /** People randomised; absent where the publication does not say. */
  readonly n?: number;
  readonly baseline: Readonly<Record<string, BaselineItem>>;
  /** Shares from 0 to 1. */
  readonly proportion: Readonly<Record<string, number>>;
  /** Share of people on each background treatment, 0 to 1. */
  readonly background: Readonly<Record<string, number>>;
  readonly eligibility: readonly Criterion[];
}

/** One treatment of an arm. */
export interface ArmIntervention {
  /** Generic ingredient in lower case, a named programme, "placebo", or "class:<class>". */
  readonly code: string;
  readonly dose?: number;
  readonly unit?: string;
  readonly doseMin?: number;
  readonly doseMax?: number;
  readonly titrated: boolean;
  /** Where given, each person of the arm gets exactly one of the interventions, this one with this chance. */
  readonly share?: number;
}

export interface TrialArm {
  readonly id: string;
  /** The arm as the publication names it, when the id is only a slug. */
  readonly label?: string;
  readonly interventions: readonly ArmIntervention[];
}

/** What an effect is measured as: the vocabulary of the calibration table. */
export const MEASURES = [
  'mean_difference',
  'percent_change',
  'hazard_ratio',
  'risk_ratio',
  'arm_means',
  'rate',
] as const;
export type Measure = (typeof MEASURES)[number];

/** One effect that is reported, or asked for when it carries no estimate. */
export interface TrialEndpoint {
  readonly endpoint: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly arm: string;
  /** "baseline" for a change within the arm, "" where the row describes one arm alone. */
  readonly comparator: string;
  readonly estimate?: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
  readonly ciLevel: number;
  readonly followUpMonths: number;
}

/** One trial in the format of docs/trials.md. */
export interface TrialFile {
  readonly id: string;
  readonly population: TrialPopulation;
  readonly arms: readonly TrialArm[];
  readonly followUpMonths: number;
  readonly endpoints: readonly TrialEndpoint[];
  readonly source?: string;
}

const POSITIVE = z.number().positive();
const SHARE = z.number().min(0).max(1);

const MEAN_ITEM = z.object({ mean: z.number(), sd: z.number().nonnegative().nullish(), unit: z.string().min(1) });
const MEDIAN_ITEM = z
  .object({ median: z.number(), q1: z.number().nullish(), q3: z.number().nullish(), unit: z.string().min(1) })
  .refine(
    ({ median, q1, q3 }) => (q1 ?? median) <= median && median <= (q3 ?? median),
    'the quartiles do not lie around the median',
  );

const INTERVENTION = z
  .object({
    code: z.string().min(1),
    dose: z.number().nonnegative().nullish(),
    unit: z.string().min(1).nullish(),
    doseMin: z.number().nonnegative().nullish(),
    doseMax: z.number().nonnegative().nullish(),
    titrated: z.boolean().nullish(),
    share: SHARE.nullish(),
  })
  .refine(({ doseMin, doseMax }) => !isGiven(doseMin) || !isGiven(doseMax) || doseMin <= doseMax, {
    error: 'doseMin lies above doseMax',
    path: ['doseMin'],
  });

const ARM = z.object({
  id: z.string().min(1),
  label: z.string().nullish(),
  interventions: z
    .array(INTERVENTION)
    .min(1)
    .refine(hasWholeShares, 'where one intervention carries a share, all do, and the shares add up to 1'),
});

const ENDPOINT = z
  .object({
    endpoint: z.string().min(1),
    unit: z.string().min(1),
    measure: z.enum(MEASURES),
    arm: z.string().min(1),
    comparator: z.string().nullish(),
    estimate: z.number().nullish(),
    ciLow: z.number().nullish(),
    ciHigh: z.number().nullish(),
    ciLevel: z.number().gt(0).lt(1).nullish(),
    followUpMonths: POSITIVE.nullish(),
  })
  .refine(({ ciLow, ciHigh }) => isGiven(ciLow) === isGiven(ciHigh), {
    error: 'an interval with one end',
    path: ['ciLow'],
  })
  .refine(({ ciLow, ciHigh }) => !isGiven(ciLow) || !isGiven(ciHigh) || ciLow < ciHigh, {
    error: 'ciLow does not lie below ciHigh',
    path: ['ciLow'],
  })
  .refine(({ measure, estimate, ciLow }) => !isRatioMeasure(measure) || ((estimate ?? 1) > 0 && (ciLow ?? 1) > 0), {
    error: 'a ratio must be above 0',
    path: ['estimate'],
  });

const FILE = z.object({
  id: z.string().min(1),
  population: z.object({
    n: POSITIVE.nullish(),
    baseline: z.record(z.string(), z.union([MEAN_ITEM, MEDIAN_ITEM])).nullish(),
    proportion: z.record(z.string(), SHARE).nullish(),
    background: z.record(z.string(), SHARE).nullish(),
    eligibility: z
      .array(z.string().refine((line) => parseEligibility(line) !== undefined, 'not an eligibility condition'))
      .nullish(),
  }),
  arms: z.array(ARM).min(1),
  followUpMonths: POSITIVE,
  endpoints: z.array(ENDPOINT).min(1),
  source: z.string().nullish(),
});

type ParsedFile = z.infer<typeof FILE>;

const FIXES: Readonly<Record<string, string>> = {
  id: 'Give the trial or arm a name that is not empty.',
  n: 'Write the number of people randomised, or leave it out.',
  baseline: 'Write each item as { "mean", "sd", "unit" } or { "median", "q1", "q3", "unit" }.',
  proportion: 'Write shares from 0 to 1, not percent.',
  background: 'Write shares from 0 to 1, not percent.',
  eligibility: 'Write "<item> <op> <number>", joined by "and", with <, <=, >, >= or =.',
  arms: 'List at least one arm, each with an id of its own.',
  interventions: 'List what the arm gets; placebo is { "code": "placebo" }.',
  code: 'Name the generic ingredient in lower case, a programme, or "class:<class>".',
  dose: 'Write the dose as a number and its unit beside it.',
  unit: 'Write the unit.',
  doseMin: 'Write doseMin not above doseMax, both in the unit of the dose.',
  share: 'Write the share of the arm from 0 to 1.',
  followUpMonths: 'Write the follow-up in months, above 0.',
  endpoints: 'List at least one endpoint.',
  measure: `Use one of ${MEASURES.join(', ')}.`,
  estimate: 'Write the ratio itself, not its logarithm, or leave the estimate out.',
  ciLow: 'Give both ends of the interval in order, or neither.',
  ciLevel: 'Write the level of the interval as a fraction, such as 0.95.',
  arm: 'Use the id of one of the arms.',
  comparator: 'Use the id of one of the arms, or "baseline", or leave it out.',
};

/** Reads a trial file of docs/trials.md. Unknown fields are ignored; estimates may be absent. */
export function parseTrialFile(value: unknown): Reading<TrialFile> {
  const parsed = FILE.safeParse(value);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, FIXES) };
  const file = readFile(parsed.data);
  const problems = [...repeatedArms(file), ...strangeArms(file)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: file };
}

/** Whether an effect of this measure is a ratio, so that it is compared on the log scale. */
export function isRatioMeasure(measure: Measure): boolean {
  return measure === 'hazard_ratio' || measure === 'risk_ratio';
}

/** The arm of an id, if the trial has it. */
export function armOf(file: TrialFile, id: string): TrialArm | undefined {
  return file.arms.find((arm) => arm.id === id);
}

function readFile({ id, population, arms, followUpMonths, endpoints, source }: ParsedFile): TrialFile {
  return {
    id,
    population: readPopulation(population),
    arms: arms.map(({ interventions, ...arm }) => ({
      ...given(arm),
      interventions: interventions.map(({ titrated, ...rest }) => ({ ...given(rest), titrated: titrated === true })),
    })),
    followUpMonths,
    endpoints: endpoints.map((row) => ({
      ...given(row),
      comparator: row.comparator ?? '',
      ciLevel: row.ciLevel ?? 0.95,
      followUpMonths: row.followUpMonths ?? followUpMonths,
    })),
    ...given({ source }),
  };
}

function readPopulation(population: ParsedFile['population']): TrialPopulation {
  return {
    ...given({ n: population.n }),
    baseline: Object.fromEntries(
      Object.entries(population.baseline ?? {}).map(([item, numbers]) => [item, readItem(numbers)]),
    ),
    proportion: population.proportion ?? {},
    background: population.background ?? {},
    eligibility: (population.eligibility ?? []).flatMap((line) => parseEligibility(line) ?? []),
  };
}

function readItem(item: z.infer<typeof MEAN_ITEM> | z.infer<typeof MEDIAN_ITEM>): BaselineItem {
  return 'mean' in item ? { form: 'mean', ...given(item) } : { form: 'median', ...given(item) };
}

function repeatedArms({ arms }: TrialFile): readonly TrialProblem[] {
  return arms.flatMap(({ id }, index) =>
    arms.findIndex((arm) => arm.id === id) < index
      ? [
          {
            where: `arms[${index}].id`,
            problem: `the arm "${id}" stands twice`,
            fix: 'Give each arm an id of its own.',
          },
        ]
      : [],
  );
}

function strangeArms(file: TrialFile): readonly TrialProblem[] {
  return file.endpoints.flatMap(({ arm, comparator }, index) => [
    ...strangeArm(file, arm, `endpoints[${index}].arm`, []),
    ...strangeArm(file, comparator, `endpoints[${index}].comparator`, ['', 'baseline']),
  ]);
}

function strangeArm(file: TrialFile, id: string, where: string, also: readonly string[]): readonly TrialProblem[] {
  if (also.includes(id) || armOf(file, id) !== undefined) return [];
  const known = file.arms.map((arm) => arm.id).join(', ');
  return [{ where, problem: `no arm is called "${id}"`, fix: `Use one of ${known}.` }];
}

function hasWholeShares(interventions: readonly { readonly share?: number | null | undefined }[]): boolean {
  const shares = interventions.flatMap(({ share }) => (isGiven(share) ? [share] : []));
  if (shares.length === 0) return true;
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.length === interventions.length && Math.abs(total - 1) < 0.01;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

type Given<T> = { [K in keyof T as null extends T[K] ? never : undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : undefined extends T[K] ? K : never]?: NonNullable<T[K]>;
};

/** The fields that are given: null and undefined both mean "not stated". */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isGiven(value))) as Given<T>;
}
