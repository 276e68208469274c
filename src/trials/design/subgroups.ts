import { quantileOfSorted, sortedCopy, variance } from '../../core/statistics.ts';
import type { EventConstants } from '../../systems/cardio-renal-metabolic/events/event-constants.ts';
import type { World } from '../../systems/cardio-renal-metabolic/worlds.ts';
import type { PersonItems } from '../eligibility.ts';
import { effectFrom, tallyCourse, tallyFor } from '../emulate/effect-of.ts';
import { personItems } from '../emulate/person-items.ts';
import type { Estimate } from '../emulate/tally.ts';
import type { LivedPerson } from './lived-arms.ts';
import type { DesignKind, PrimaryQuestion } from './primary-question.ts';

/** A part of the cohort by what is known at baseline. */
export interface Subgroup {
  /** What tells its members from the others: "age". */
  readonly by: string;
  readonly label: string;
  readonly holds: (person: PersonItems) => boolean;
}

/** The effect in one subgroup, on the scale of comparison: of a ratio its logarithm. */
export interface SubgroupEffect {
  readonly by: string;
  readonly label: string;
  readonly people: number;
  readonly value: number;
  readonly monteCarloSe: number;
  /** The simulator's own doubt, Monte Carlo included; absent where too few draws were made. */
  readonly predictiveSd?: number;
}

/** Fewest people for a subgroup to be shown: below, the jackknife has groups of nobody. */
const FEWEST = 20;

function split(by: string, item: string, limit: number, unit: string): readonly Subgroup[] {
  return [
    { by, label: `${item.replaceAll('_', ' ')} below ${limit} ${unit}`, holds: (own) => (own[item] ?? NaN) < limit },
    { by, label: `${item.replaceAll('_', ' ')} ${limit} ${unit} or more`, holds: (own) => (own[item] ?? NaN) >= limit },
  ];
}

function trait(item: string, yes: string, no: string): readonly Subgroup[] {
  return [
    { by: item, label: yes, holds: (own) => own[item] === 1 },
    { by: item, label: no, holds: (own) => own[item] === 0 },
  ];
}

/**
 * The parts that a trial in this system is usually looked at by; of the endpoint's own variable the tertiles.
 *
 * eGFR below 60 mL/min/{1.73_m2}: category G3a and worse (KDIGO 2024, doi 10.1016/j.kint.2023.10.018). 65 a: the
 * geriatric population of ICH E7.
 */
export function subgroupsFor({ kind }: PrimaryQuestion, people: readonly PersonItems[]): readonly Subgroup[] {
  const variable = kind.kind === 'change' ? kind.variable : kind.kind === 'slope' ? 'egfr' : undefined;
  return [
    { by: 'all', label: 'everybody', holds: () => true },
    ...split('age', 'age', 65, 'a'),
    ...trait('female', 'women', 'men'),
    ...split('egfr', 'egfr', 60, 'mL/min/1.73 m²'),
    ...trait('type_2_diabetes', 'with type 2 diabetes', 'without type 2 diabetes'),
    ...trait('heart_failure', 'with heart failure', 'without heart failure'),
    ...trait('ascvd', 'with ASCVD', 'without ASCVD'),
    ...(variable === undefined ? [] : tertiles(variable, people)),
  ];
}

function tertiles(item: string, people: readonly PersonItems[]): readonly Subgroup[] {
  const sorted = sortedCopy(people.flatMap((own) => own[item] ?? []));
  const [low, high] = [quantileOfSorted(sorted, 1 / 3), quantileOfSorted(sorted, 2 / 3)];
  const by = `baseline ${item}`;
  const [below, above] = [low.toPrecision(3), high.toPrecision(3)];
  return [
    { by, label: `${by} below ${below}`, holds: (own) => (own[item] ?? NaN) < low },
    { by, label: `${by} ${below} to ${above}`, holds: (own) => (own[item] ?? NaN) >= low && (own[item] ?? NaN) < high },
    { by, label: `${by} ${above} or more`, holds: (own) => (own[item] ?? NaN) >= high },
  ];
}

/** What a virtual person is by the items of trial files. */
export function itemsOf({ person }: LivedPerson): PersonItems {
  return personItems(person.individual.person, person.levels);
}

/** A cohort in the world that it was drawn from. */
export interface LivedCohort {
  readonly world: World;
  readonly people: readonly LivedPerson[];
}

/**
 * The effect by subgroup with its Monte-Carlo error, and the spread of it over cohorts of other draws of the parameters.
 * Subgroups of fewer than 20 people are left out, and with them the rest of their split.
 */
export function effectsBySubgroup(
  question: PrimaryQuestion,
  base: LivedCohort,
  draws: readonly LivedCohort[],
): readonly SubgroupEffect[] {
  const items = base.people.map(itemsOf);
  const subgroups = subgroupsFor(question, items);
  const tooSmall = new Set(subgroups.filter(({ holds }) => items.filter(holds).length < FEWEST).map(({ by }) => by));
  return subgroups
    .filter(({ by }) => !tooSmall.has(by))
    .map(({ by, label, holds }) => ({
      by,
      label,
      people: items.filter(holds).length,
      ...drawnEffect(question, base, { draws, holds }),
    }));
}

/**
 * The effect and the doubt about it over the effect, on the scale on which the trial is analysed: a relative change as a logarithm,
 * events by the hazard ratio. The same doubt is larger on a logarithm than in per cent of a reduction.
 */
export function analysedEffect(
  question: PrimaryQuestion,
  base: LivedCohort,
  draws: readonly LivedCohort[],
): { readonly value: number; readonly doubt: number } {
  const analysed = { ...question, kind: analysedKind(question.kind) };
  const { value, monteCarloSe, predictiveSd } = drawnEffect(analysed, base, { draws, holds: () => true });
  return { value, doubt: (predictiveSd ?? monteCarloSe) / Math.abs(value) };
}

function analysedKind(kind: DesignKind): DesignKind {
  switch (kind.kind) {
    case 'change':
      return kind.isRelative ? { ...kind, isLogarithmic: true } : kind;
    case 'slope':
      return { ...kind, isRelative: false };
    case 'event':
      return kind;
  }
}

function drawnEffect(
  question: PrimaryQuestion,
  base: LivedCohort,
  { draws, holds }: { readonly draws: readonly LivedCohort[]; readonly holds: Subgroup['holds'] },
): Pick<SubgroupEffect, 'value' | 'monteCarloSe' | 'predictiveSd'> {
  const { value, standardError } = effectAmong(question, base, holds);
  const drawn = draws.map((cohort) => effectAmong(question, cohort, holds).value).filter(Number.isFinite);
  const between = drawn.length < 2 ? undefined : (variance(drawn) * drawn.length) / (drawn.length - 1);
  return {
    value,
    monteCarloSe: standardError,
    ...(between !== undefined && { predictiveSd: Math.sqrt(between + standardError ** 2) }),
  };
}

/** The effect among those of a cohort for whom something holds. */
export function effectAmong(
  question: PrimaryQuestion,
  { world, people }: LivedCohort,
  holds: (person: PersonItems) => boolean,
): Estimate {
  return effectOn(
    question,
    people.filter((lived) => holds(itemsOf(lived))),
    world.events,
  );
}

function effectOn(
  { kind, endpoint }: PrimaryQuestion,
  people: readonly LivedPerson[],
  constants: EventConstants,
): Estimate {
  const visits = people[0]?.active.days.length ?? 2;
  const [active, control] = [tallyFor(kind, visits), tallyFor(kind, visits)];
  const reading = { kind, month: endpoint.followUpMonths };
  people.forEach(({ person, ...courses }, index) => {
    tallyCourse(active, index, { person, course: courses.active, constants }, reading);
    tallyCourse(control, index, { person, course: courses.control, constants }, reading);
  });
  return effectFrom(kind, active, control);
}
