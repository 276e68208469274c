import type { DraftOrder } from '../domain/intervention.ts';
import type { Dropped, SourceRef } from '../domain/record.ts';
import { readDailyDose } from './daily-dose.ts';
import { dropped, readingOf, refuse, type DropCode, type Outcome } from './dropped.ts';
import { fileResources, type FiledResource } from './file-resources.ts';
import { medicationFinder, type FindMedication } from './find-medication.ts';
import { elementsOf, resourcesOf, textOf, type Element } from './read-fhir.ts';

/** What can be read besides the drafts themselves. */
export interface DraftOptions {
  /** Resources of the record, for a draft whose Medication was gathered and not sent with it. */
  readonly gathered?: readonly Element[];
}

/**
 * Reads `context.draftOrders`: one order an ingredient, also for drugs that no model knows, because rules do.
 *
 * The Medication may be a concept, an entry of the bundle or contained. A draft without a subject is the context
 * patient's; one of another patient is never read, and what has run or was stopped is no new order.
 */
export function readDraftOrders(
  bundle: unknown,
  patientId: string,
  options: DraftOptions = {},
): { readonly orders: readonly DraftOrder[]; readonly dropped: readonly Dropped[] } {
  const drafts = resourcesOf(bundle);
  const filed = fileResources(drafts, patientId, { isSubjectImplied: true });
  const medications = (options.gathered ?? []).filter(({ resourceType }) => resourceType === 'Medication');
  const find = medicationFinder(fileResources([...medications, ...drafts], patientId));
  const read = readingOf(filed.ofType('MedicationRequest').flatMap((draft) => readDraft(draft, find)));
  const used = new Set(read.kept.flatMap(({ medications: sources }) => sources));
  const unused = filed.ofType('Medication').filter(({ ref }) => !used.has(ref));
  const others = READ_ELSEWHERE.flatMap((type) => filed.ofType(type)).map(({ ref }) =>
    dropped(ref, 'resource-type-unread'),
  );
  return {
    orders: read.kept.map(({ order }) => order),
    dropped: [
      ...filed.dropped,
      ...read.dropped,
      ...others,
      ...unused.map(({ ref }) => dropped(ref, 'medication-unused')),
    ],
  };
}

/** An order with the Medication resources that name its drug. */
interface ReadDraft {
  readonly order: DraftOrder;
  readonly medications: readonly SourceRef[];
}

/** Types that a record is read from and an order bundle is not. */
const READ_ELSEWHERE = [
  'Patient',
  'Observation',
  'Condition',
  'AllergyIntolerance',
  'MedicationStatement',
  'MedicationDispense',
  'MedicationAdministration',
  'Encounter',
] as const;

/** Statuses of what nobody is about to sign (FHIR R4 medicationrequest-status). */
const NOT_NEW: ReadonlyMap<string, DropCode> = new Map(
  Object.entries({
    'entered-in-error': 'entered-in-error',
    cancelled: 'cancelled',
    stopped: 'order-not-new',
    completed: 'order-not-new',
  } as const),
);

function readDraft({ ref, resource }: FiledResource, find: FindMedication): readonly Outcome<ReadDraft>[] {
  const status = textOf(resource.status);
  const reason = NOT_NEW.get(status ?? '');
  if (reason !== undefined) return [refuse(ref, reason)];
  if (resource.doNotPerform === true) return [refuse(ref, 'do-not-perform')];
  const medication = find(resource);
  if (typeof medication === 'string') return [refuse(ref, medication)];
  const isAlone = medication.ingredients.length === 1;
  return medication.ingredients.map(({ ingredient, drugClass }) => {
    const { dailyDose } = readDailyDose(elementsOf(resource.dosageInstruction), medication, { ingredient, isAlone });
    const order = { reference: ref, ingredient, drugClass, ...(dailyDose !== undefined && { dailyDose }), resource };
    return { kept: { order, medications: medication.sources } };
  });
}
