/** The comparisons that an eligibility line may use. */
export type Comparison = '<' | '<=' | '>' | '>=' | '=';

/** One condition of eligibility: `hba1c >= 7.0`. */
export interface Criterion {
  /** A name of `population.baseline` or `population.proportion`. */
  readonly item: string;
  readonly comparison: Comparison;
  readonly value: number;
}

/** What a person is known to be, by item; yes/no items are 1 and 0. */
export type PersonItems = Readonly<Record<string, number | undefined>>;

const CONDITION = /^([A-Za-z][\w.-]*)\s*(<=|>=|<|>|=)\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)$/;

const HOLDS: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
};

/** Reads `<item> <op> <number>` conditions joined by `and`; undefined when the line says anything else. */
export function parseEligibility(line: string): readonly Criterion[] | undefined {
  const criteria = line.split(/\s+and\s+/i).map((part) => parseCondition(part.trim()));
  return criteria.every((criterion) => criterion !== undefined) ? criteria : undefined;
}

function parseCondition(text: string): Criterion | undefined {
  const [, item, comparison, value] = CONDITION.exec(text) ?? [];
  if (item === undefined || value === undefined || !isComparison(comparison)) return undefined;
  return { item, comparison, value: Number(value) };
}

function isComparison(text: string | undefined): text is Comparison {
  return text !== undefined && Object.hasOwn(HOLDS, text);
}

/** The criteria that a person fails; one whose item is unknown counts as failed, since nobody is enrolled unseen. */
export function failedCriteria(criteria: readonly Criterion[], person: PersonItems): readonly Criterion[] {
  return criteria.filter(({ item, comparison, value }) => {
    const own = person[item];
    return own === undefined || !HOLDS[comparison](own, value);
  });
}

/** Whether a person may be enrolled. */
export function isEligible(criteria: readonly Criterion[], person: PersonItems): boolean {
  return failedCriteria(criteria, person).length === 0;
}
