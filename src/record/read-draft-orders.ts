import type { DraftOrder } from '../domain/intervention.ts';
import type { Dropped, SourceRef } from '../domain/record.ts';
import { readDailyDose } from './daily-dose.ts';
import { dropped, readingOf, refuse, type Outcome } from './dropped.ts';
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
 * The Medication may be a concept, an entry of the bundle or contained. A draft of another patient is never read.
 */
export function readDraftOrders(
  bundle: unknown,
  patientId: string,
  options: DraftOptions = {},
): { readonly orders: readonly DraftOrder[]; readonly dropped: readonly Dropped[] } {
  const drafts = resourcesOf(bundle);
  const filed = fileResources(drafts, patientId);
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

function readDraft({ ref, resource }: FiledResource, find: FindMedication): readonly Outcome<ReadDraft>[] {
  const status = textOf(resource.status);
  if (status === 'entered-in-error' || status === 'cancelled') return [refuse(ref, status)];
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
