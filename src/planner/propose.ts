import { at } from '../core/array.ts';
import type { Measured } from '../core/quantity.ts';
import type { DosedDrug, DraftOrder, Regimen } from '../domain/intervention.ts';
import type { CandidateRole } from '../domain/plan.ts';
import type { Intervention, System } from '../domain/system.ts';
import { interventionOf } from '../systems/doses.ts';
import { ALTERNATIVES } from './alternatives.ts';

/** An order that a candidate would make, and the running drugs whose place it takes. */
export interface ProposedOrder {
  readonly ingredient: string;
  readonly drugClass: string;
  readonly dailyDose: Measured;
  readonly replaces: readonly string[];
}

/** A course of action before it is screened or forecast. */
export interface Proposal {
  readonly role: CandidateRole;
  readonly label: string;
  readonly regimen: Regimen;
  readonly order?: ProposedOrder;
}

/** A draft whose effect the system can forecast. */
export interface ForecastableDraft extends DraftOrder {
  readonly dailyDose: Measured;
}

/** Whether the dynamics know the drafted drug, and its dose is stated. */
export function isForecastable(system: System, draft: DraftOrder): draft is ForecastableDraft {
  return draft.dailyDose?.unit === 'mg/d' && interventionOf(system, draft.ingredient) !== undefined;
}

/**
 * What the patient takes, with the other orders that are about to be signed: they are part of every candidate, so that
 * two drugs that raise potassium are never judged one by one.
 */
export function withOtherOrders(
  system: System,
  current: readonly DosedDrug[],
  { draft, alsoOrdered }: { readonly draft: DraftOrder; readonly alsoOrdered: readonly DraftOrder[] },
): readonly DosedDrug[] {
  const others = alsoOrdered
    .filter((order): order is ForecastableDraft => isForecastable(system, order))
    .filter(({ ingredient }) => ingredient !== draft.ingredient);
  const kept = current.filter((drug) => !others.some(({ ingredient }) => ingredient === drug.ingredient));
  return [...kept, ...others];
}

/**
 * Lists what could be done: the draft, no change, the next lower and higher usual dose, and one alternative class that
 * the patient does not take yet.
 *
 * The drafted drug takes the place of a running course of the same ingredient, and of another drug of the same class:
 * the label says so. A drug of another class stays. Candidates that come to the same doses are listed once.
 */
export function proposeCandidates(
  system: System,
  current: readonly DosedDrug[],
  draft: ForecastableDraft,
): readonly Proposal[] {
  const orders: readonly (readonly [CandidateRole, ProposedOrder, string])[] = [
    ['draft', orderOf(system, current, draft, draft.dailyDose.value), ''],
    ...neighbours(system, current, draft),
    ...alternativeOrders(system, current, draft),
  ];
  const [drafted, ...others] = orders.map(([role, order, reason]) => proposalOf(current, role, order, reason));
  if (drafted === undefined) throw new TypeError('a draft is always among its own candidates');
  return distinct([drafted, noChange(current), ...others]);
}

function orderOf(
  system: System,
  current: readonly DosedDrug[],
  { ingredient, drugClass }: DraftOrder,
  dose: number,
): ProposedOrder {
  const replaces = current
    .filter((drug) => drug.ingredient !== ingredient && classOf(system, drug) === drugClass)
    .map((drug) => drug.ingredient);
  return { ingredient, drugClass, dailyDose: { value: dose, unit: 'mg/d' }, replaces };
}

function neighbours(
  system: System,
  current: readonly DosedDrug[],
  draft: ForecastableDraft,
): readonly (readonly [CandidateRole, ProposedOrder, string])[] {
  const row = interventionOf(system, draft.ingredient);
  if (row === undefined) return [];
  const { lower, higher } = stepsAround(row, draft.dailyDose.value);
  return [
    ...(lower === undefined ? [] : [['lower-dose', orderOf(system, current, draft, lower), ''] as const]),
    ...(higher === undefined ? [] : [['higher-dose', orderOf(system, current, draft, higher), ''] as const]),
  ];
}

function stepsAround({ ladder, maximumDose }: Intervention, dose: number): { lower?: number; higher?: number } {
  const lower = ladder.findLast((step) => step < dose);
  const higher = ladder.find((step) => step > dose && step <= maximumDose);
  return { ...(lower === undefined ? {} : { lower }), ...(higher === undefined ? {} : { higher }) };
}

function alternativeOrders(
  system: System,
  current: readonly DosedDrug[],
  draft: DraftOrder,
): readonly (readonly [CandidateRole, ProposedOrder, string])[] {
  const taken = new Set(current.map((drug) => classOf(system, drug)));
  const fitting = ALTERNATIVES.find(({ instead, drugClass }) => instead === draft.drugClass && !taken.has(drugClass));
  const row = fitting === undefined ? undefined : interventionOf(system, fitting.ingredient);
  if (fitting === undefined || row === undefined) return [];
  const { ingredient, drugClass, because } = fitting;
  const replaces = current
    .filter((drug) => fitting.replaces.includes(classOf(system, drug) ?? ''))
    .map((drug) => drug.ingredient);
  const dailyDose: Measured = { value: at(row.ladder, 0), unit: 'mg/d' };
  return [['alternative', { ingredient, drugClass, dailyDose, replaces }, because]];
}

function proposalOf(
  current: readonly DosedDrug[],
  role: CandidateRole,
  order: ProposedOrder,
  because: string,
): Proposal {
  const { ingredient, dailyDose, replaces } = order;
  const kept = current.filter((drug) => drug.ingredient !== ingredient && !replaces.includes(drug.ingredient));
  const drugs = [...kept.map(plainDrug), { ingredient, dailyDose }];
  return { role, label: labelOf(role, order, because), regimen: { id: role, drugs }, order };
}

function noChange(current: readonly DosedDrug[]): Proposal {
  return { role: 'no-change', label: 'No change', regimen: { id: 'no-change', drugs: current.map(plainDrug) } };
}

function plainDrug({ ingredient, dailyDose }: DosedDrug): DosedDrug {
  return { ingredient, dailyDose };
}

function labelOf(role: CandidateRole, { ingredient, dailyDose, replaces }: ProposedOrder, because: string): string {
  const name = `${ingredient.charAt(0).toUpperCase()}${ingredient.slice(1)} ${dailyDose.value} mg/d`;
  const place = replaces.length === 0 ? '' : ` in place of ${replaces.join(' and ')}`;
  const instead = role === 'draft' ? '' : ' instead';
  return `${name}${place}${place === '' ? instead : ''}${because === '' ? '' : `: ${because}`}`;
}

function distinct(proposals: readonly Proposal[]): readonly Proposal[] {
  const seen = new Set<string>();
  return proposals.filter(({ role, regimen }) => {
    const drugs = regimen.drugs.map(({ ingredient, dailyDose }) => `${ingredient} ${dailyDose.value}`).toSorted();
    const key = drugs.join(', ');
    const isNew = !seen.has(key);
    seen.add(key);
    // "No change" stays even when the draft only renews what is taken: effects are measured against it.
    return isNew || role === 'no-change';
  });
}

function classOf(system: System, { ingredient }: DosedDrug): string | undefined {
  return interventionOf(system, ingredient)?.channel;
}
