import { z } from 'zod';
import { parseEligibility } from './eligibility.ts';
import { readBaselineItem, whyUnclear, whyUnreadable } from './emulate/baseline-units.ts';
import { spelledAsVocabulary, variableNamed } from './emulate/endpoint-names.ts';
import { problemsOf } from './problems.ts';
import type { Reading, TrialProblem } from './problems.ts';
import { armOf, isRatioMeasure, MEASURES } from './trial-file.ts';
import type { BaselineItem, TrialFile, TrialPopulation } from './trial-file.ts';

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
  const problems = [
    ...repeatedItems(parsed.data.population),
    ...repeatedArms(file),
    ...strangeArms(file),
    ...repeatedRows(file),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: file };
}

function readFile({ id, population: people, arms, followUpMonths, endpoints, source }: ParsedFile): TrialFile {
  const population = readPopulation(people);
  return {
    id,
    population,
    arms: arms.map(({ interventions, ...arm }) => ({
      ...given(arm),
      interventions: interventions.map(({ titrated, ...rest }) => ({ ...given(rest), titrated: titrated === true })),
    })),
    followUpMonths,
    endpoints: endpoints.map((row) => {
      const months = row.followUpMonths ?? followUpMonths;
      const unreadable = whyUnreadable(row.endpoint, Math.max(months, followUpMonths), population);
      return {
        ...given(row),
        comparator: row.comparator ?? '',
        ciLevel: row.ciLevel ?? 0.95,
        followUpMonths: months,
        ...given({ unreadable }),
      };
    }),
    ...given({ source }),
  };
}

function readPopulation(population: ParsedFile['population']): TrialPopulation {
  const items = Object.entries(population.baseline ?? {}).map(
    ([name, numbers]) => [itemNamed(name), readBaselineItem(itemNamed(name), readItem(numbers))] as const,
  );
  const refused = items.flatMap(([item, read]) => (read.ok ? [] : [[item, read.reason] as const]));
  const eligibility = (population.eligibility ?? []).flatMap((line) =>
    (parseEligibility(line) ?? []).map((criterion) => ({ ...criterion, item: itemNamed(criterion.item) })),
  );
  const [unclear] = Object.entries(population.baseline ?? {}).flatMap(([name, { unit }]) =>
    eligibility.flatMap((criterion) => (criterion.item === itemNamed(name) ? (whyUnclear(criterion, unit) ?? []) : [])),
  );
  return {
    ...given({ n: population.n }),
    baseline: Object.fromEntries(items.flatMap(([item, read]) => (read.ok ? [[item, read.item] as const] : []))),
    proportion: byItem(population.proportion),
    background: population.background ?? {},
    eligibility,
    ...(refused.length > 0 && { refused: Object.fromEntries(refused) }),
    ...given({ unclear }),
  };
}

/** An item of a table or of eligibility by its name in the system. */
function itemNamed(name: string): string {
  return variableNamed(spelledAsVocabulary(name));
}

function byItem(shares: Readonly<Record<string, number>> | null | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(shares ?? {}).map(([name, share]) => [itemNamed(name), share]));
}

function repeatedItems(population: ParsedFile['population']): readonly TrialProblem[] {
  return (['baseline', 'proportion'] as const).flatMap((table) => {
    const names = Object.keys(population[table] ?? {});
    return names.flatMap((name, index) =>
      names.findIndex((other) => itemNamed(other) === itemNamed(name)) < index
        ? [
            {
              where: `population.${table}.${name}`,
              problem: `"${itemNamed(name)}" stands twice`,
              fix: 'Give each item once.',
            },
          ]
        : [],
    );
  });
}

function repeatedRows({ endpoints }: TrialFile): readonly TrialProblem[] {
  const keys = endpoints.map(({ arm, comparator, endpoint, followUpMonths, measure, unit }) =>
    JSON.stringify([arm, comparator, endpoint, followUpMonths, measure, unit]),
  );
  return keys.flatMap((key, index) =>
    keys.indexOf(key) < index
      ? [
          {
            where: `endpoints[${index}]`,
            problem: 'the row stands twice',
            fix: 'Give each effect of two arms at one time in one measure and unit once.',
          },
        ]
      : [],
  );
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
