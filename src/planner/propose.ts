import { at } from '../core/array.ts';
import type { Measured } from '../core/quantity.ts';
import type { DosedDrug, Regimen } from '../domain/intervention.ts';
import type { CandidateRole } from '../domain/plan.ts';
import type { Intervention, System } from '../domain/system.ts';
import { interventionOf } from '../systems/doses.ts';
import { ALTERNATIVES } from './alternatives.ts';
import type { ForecastableDraft } from './order-bundle.ts';

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

/** What else the orders that are signed together mean for the draft. */
export interface DraftSetting {
  /** Running ingredients that the draft replaces by its own word. */
  readonly stops: readonly string[];
  /** Set when the draft's dose is that of several orders: one order cannot change it alone. */
  readonly isSplit: boolean;
  /** Set when other orders are signed along. */
  readonly hasOthers: boolean;
}

const ALONE: DraftSetting = { stops: [], isSplit: false, hasOthers: false };

/**
 * Lists what could be done: the draft, no change, the next lower and higher usual dose, and one alternative class that
 * the patient does not take yet.
 *
 * The drafted drug takes the place of a running course of the same ingredient. Every other drug stays, also one of the
 * same class: signing an order stops nothing else, and the label says so. Candidates that come to the same doses are
 * listed once.
 */
export function proposeCandidates(
  system: System,
  current: readonly DosedDrug[],
  draft: ForecastableDraft,
  setting: DraftSetting = ALONE,
): readonly Proposal[] {
  const around: Around = { system, current, draft, stops: setting.stops };
  const others = setting.isSplit ? [] : [...neighbours(around), ...alternativeOrders(around)];
  const drafted = proposalOf(around, ['draft', orderOf(around, draft.dailyDose.value), '']);
  return distinct([drafted, noChange(current, setting), ...others.map((order) => proposalOf(around, order))]);
}

interface Around {
  readonly system: System;
  readonly current: readonly DosedDrug[];
  readonly draft: ForecastableDraft;
  readonly stops: readonly string[];
}

type RoledOrder = readonly [role: CandidateRole, order: ProposedOrder, because: string];

function orderOf({ current, draft, stops }: Around, dose: number): ProposedOrder {
  const { ingredient, drugClass } = draft;
  const replaces = current.map((drug) => drug.ingredient).filter((running) => stops.includes(running));
  return { ingredient, drugClass, dailyDose: { value: dose, unit: draft.dailyDose.unit }, replaces };
}

function neighbours(around: Around): readonly RoledOrder[] {
  const row = interventionOf(around.system, around.draft.ingredient);
  if (row === undefined) return [];
  const { lower, higher } = stepsAround(row, around.draft.dailyDose.value);
  return [
    ...(lower === undefined ? [] : [['lower-dose', orderOf(around, lower), ''] as const]),
    ...(higher === undefined ? [] : [['higher-dose', orderOf(around, higher), ''] as const]),
  ];
}

function stepsAround({ ladder, maximumDose }: Intervention, dose: number): { lower?: number; higher?: number } {
  const lower = ladder.findLast((step) => step < dose);
  const higher = ladder.find((step) => step > dose && step <= maximumDose);
  return { ...(lower === undefined ? {} : { lower }), ...(higher === undefined ? {} : { higher }) };
}

function alternativeOrders({ system, current, draft }: Around): readonly RoledOrder[] {
  const taken = new Set(current.map((drug) => classOf(system, drug)));
  const fitting = ALTERNATIVES.find(({ instead, drugClass }) => instead === draft.drugClass && !taken.has(drugClass));
  const row = fitting === undefined ? undefined : interventionOf(system, fitting.ingredient);
  if (fitting === undefined || row === undefined) return [];
  const { ingredient, drugClass, because } = fitting;
  const replaces = current
    .filter((drug) => fitting.replaces.includes(classOf(system, drug) ?? ''))
    .map((drug) => drug.ingredient);
  const dailyDose: Measured = { value: at(row.ladder, 0), unit: row.unit };
  return [['alternative', { ingredient, drugClass, dailyDose, replaces }, because]];
}

function proposalOf({ system, current }: Around, [role, order, because]: RoledOrder): Proposal {
  const { ingredient, dailyDose, replaces, drugClass } = order;
  const kept = current.filter((drug) => drug.ingredient !== ingredient && !replaces.includes(drug.ingredient));
  const beside = kept.filter((drug) => classOf(system, drug) === drugClass).map((drug) => drug.ingredient);
  const drugs = [...kept.map(plainDrug), { ingredient, dailyDose }];
  return { role, label: labelOf(role, order, { beside, because }), regimen: { id: role, drugs }, order };
}

/** What effects are measured against: with other orders in the basket, "no change" would be untrue. */
function noChange(current: readonly DosedDrug[], { isSplit, hasOthers }: DraftSetting): Proposal {
  const label = isSplit ? 'Without these orders' : hasOthers ? 'Without this order' : 'No change';
  return { role: 'no-change', label, regimen: { id: 'no-change', drugs: current.map(plainDrug) } };
}

function plainDrug({ ingredient, dailyDose }: DosedDrug): DosedDrug {
  return { ingredient, dailyDose };
}

function labelOf(
  role: CandidateRole,
  { ingredient, dailyDose, replaces }: ProposedOrder,
  { beside, because }: { readonly beside: readonly string[]; readonly because: string },
): string {
  const name = `${ingredient.charAt(0).toUpperCase()}${ingredient.slice(1)} ${dailyDose.value} ${dailyDose.unit}`;
  const place = replaces.length === 0 ? '' : ` in place of ${replaces.join(' and ')}`;
  const company = beside.length === 0 ? '' : ` beside ${beside.join(' and ')}, which it does not stop`;
  const instead = role === 'draft' || place !== '' ? '' : ' instead';
  return `${name}${place}${instead}${company}${because === '' ? '' : `: ${because}`}`;
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
