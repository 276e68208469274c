import type { Measured } from '../core/quantity.ts';
import { isRunningAt } from '../domain/courses.ts';
import type { DosedDrug, DraftOrder } from '../domain/intervention.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';
import { forecastInterventionOf, isForecastClass } from '../systems/doses.ts';

/** An order beside the others that are about to be signed with it. */
export interface BundledOrder {
  readonly draft: DraftOrder;
  readonly alsoOrdered: readonly DraftOrder[];
}

/** A draft whose effect the system can forecast. */
export interface ForecastableDraft extends DraftOrder {
  readonly dailyDose: Measured;
}

/** Whether cards forecast the drafted drug (`Channel.drafted`), the dynamics know it, and its dose is stated. */
export function isForecastable(system: System, draft: DraftOrder): draft is ForecastableDraft {
  const unit = forecastInterventionOf(system, draft.ingredient)?.unit;
  return unit !== undefined && draft.dailyDose?.unit === unit;
}

/**
 * The order with the doses of all orders of its ingredient: 40 mg in the morning and 20 mg at noon are 60 mg a day.
 *
 * Without a dose as soon as one of them has none.
 */
export function totalOrder({ draft, alsoOrdered }: BundledOrder): DraftOrder {
  return alsoOrdered.filter(({ ingredient }) => ingredient === draft.ingredient).reduce(addedUp, draft);
}

function addedUp(sum: DraftOrder, { dailyDose }: DraftOrder): DraftOrder {
  const { reference, ingredient, drugClass, resource } = sum;
  if (sum.dailyDose === undefined || sum.dailyDose.unit !== dailyDose?.unit)
    return { reference, ingredient, drugClass, resource };
  return { ...sum, dailyDose: { ...dailyDose, value: sum.dailyDose.value + dailyDose.value } };
}

/** Another order of a class that cards forecast, whose effect cannot be known: its dose or its drug is not readable. */
export function unreadableOrder(system: System, { draft, alsoOrdered }: BundledOrder): DraftOrder | undefined {
  return alsoOrdered.find(
    (order) =>
      order.ingredient !== draft.ingredient &&
      isForecastClass(system, order.drugClass) &&
      !isForecastable(system, order),
  );
}

/**
 * What the patient takes, with the other orders that are about to be signed: they are part of every candidate, so that
 * two drugs that raise potassium are never judged one by one. A running drug of an order's class stays, as it does for
 * the draft, unless the order says that it replaces it.
 */
export function withOtherOrders(
  system: System,
  current: readonly DosedDrug[],
  { draft, alsoOrdered }: BundledOrder,
  record: PatientRecord,
): readonly DosedDrug[] {
  const others = alsoOrdered
    .filter(({ ingredient }) => ingredient !== draft.ingredient)
    .map((order) => totalOrder({ draft: order, alsoOrdered: alsoOrdered.filter((other) => other !== order) }))
    .filter((order): order is ForecastableDraft => isForecastable(system, order));
  const gone = new Set([...others.map(({ ingredient }) => ingredient), ...stoppedBy(alsoOrdered, record)]);
  return [...current.filter(({ ingredient }) => !gone.has(ingredient)), ...oncePerIngredient(others)];
}

/**
 * The running ingredients that orders replace by their own word: `priorPrescription` names the only request behind the
 * course (FHIR R4 MedicationRequest.priorPrescription). An ingredient that is ordered again is not stopped.
 */
export function stoppedBy(orders: readonly DraftOrder[], record: PatientRecord): readonly string[] {
  const prior = new Set(orders.flatMap(({ resource }) => referenceOf(resource.priorPrescription) ?? []));
  const running = record.medications.filter((course) => isRunningAt(course, record.asOf));
  const kept = running.filter(({ sources }) => !requestsIn(sources).every((source) => prior.has(source)));
  const staying = new Set([...kept, ...orders].map(({ ingredient }) => ingredient));
  return [...new Set(running.map(({ ingredient }) => ingredient))].filter((ingredient) => !staying.has(ingredient));
}

/** A course that rests on a statement alone is stopped by no order. */
function requestsIn(sources: readonly string[]): readonly string[] {
  const requests = sources.filter((source) => source.startsWith('MedicationRequest/'));
  return requests.length === 0 ? sources : requests;
}

function referenceOf(prior: unknown): string | undefined {
  if (typeof prior !== 'object' || prior === null || !('reference' in prior)) return undefined;
  return typeof prior.reference === 'string' ? prior.reference : undefined;
}

function oncePerIngredient(orders: readonly ForecastableDraft[]): readonly ForecastableDraft[] {
  return orders.filter(
    ({ ingredient }, index) => orders.findIndex((other) => other.ingredient === ingredient) === index,
  );
}
