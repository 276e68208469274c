import type { PersonItems } from '../eligibility.ts';
import type { DesignCriterion, Standing } from './criteria.ts';
import { standingOf } from './criteria.ts';

/** How many people one criterion concerns. */
export interface CriterionCount {
  readonly item: string;
  readonly label: string;
  readonly from: DesignCriterion['from'];
  /** Excluded, and this is the first criterion in order that they fail. */
  readonly first: number;
  /** Fail it, whatever else they fail. */
  readonly fails: number;
  /** Excluded by this criterion and no other: whom a trial without it would gain, as far as the records say. */
  readonly only: number;
  /** The record does not say. */
  readonly unknown: number;
  /** Fail nothing, and this is the first criterion in order that their record leaves open. */
  readonly firstUnknown: number;
}

/** The flow of a panel through screening: screened = excluded + undecided + eligible. */
export interface PanelFlow {
  readonly screened: number;
  readonly excluded: number;
  /** Fail nothing that is recorded, but the record leaves something open. */
  readonly undecided: number;
  readonly eligible: number;
  readonly criteria: readonly CriterionCount[];
  /** Those that are eligible. */
  readonly people: readonly PersonItems[];
}

/** Takes a panel through a trial's criteria. Nothing is guessed: who fails nothing but lacks an item is undecided. */
export function screenPanel(panel: readonly PersonItems[], criteria: readonly DesignCriterion[]): PanelFlow {
  const standings = panel.map((person) => criteria.map((criterion) => standingOf(criterion, person)));
  const excluded = standings.filter((own) => own.includes('failed'));
  const undecided = standings.filter((own) => !own.includes('failed') && own.includes('unknown'));
  const people = panel.filter((_, index) => standings[index]?.every((one) => one === 'met') === true);
  return {
    screened: panel.length,
    excluded: excluded.length,
    undecided: undecided.length,
    eligible: people.length,
    criteria: criteria.map((criterion, place) => countOf(criterion, place, { standings, excluded, undecided })),
    people,
  };
}

interface Screened {
  readonly standings: readonly (readonly Standing[])[];
  readonly excluded: readonly (readonly Standing[])[];
  readonly undecided: readonly (readonly Standing[])[];
}

function countOf({ item, label, from }: DesignCriterion, place: number, { standings, excluded, undecided }: Screened) {
  const count = (people: readonly (readonly Standing[])[], holds: (own: readonly Standing[]) => boolean): number =>
    people.filter(holds).length;
  return {
    item,
    label,
    from,
    first: count(excluded, (own) => own.indexOf('failed') === place),
    fails: count(standings, (own) => own[place] === 'failed'),
    only: count(excluded, (own) => own.indexOf('failed') === place && own.lastIndexOf('failed') === place),
    unknown: count(standings, (own) => own[place] === 'unknown'),
    firstUnknown: count(undecided, (own) => own.indexOf('unknown') === place),
  };
}
