import type { Measured } from '../core/quantity.ts';
import { addDays, type Instant, type Moment } from '../core/time.ts';
import type { Confidence, Dropped, SourceRef } from '../domain/record.ts';
import { readDailyDose, type ReadDose } from './daily-dose.ts';
import { dropped, readingOf, refuse, type DropCode, type Outcome, type Reading } from './dropped.ts';
import type { FiledResource, FiledResources } from './file-resources.ts';
import { medicationFinder, type FindMedication, type FoundMedication } from './find-medication.ts';
import {
  codingsOf,
  elementOf,
  elementsOf,
  firstCode,
  momentOf,
  numberOf,
  referenceOf,
  textOf,
  type Element,
} from './read-fhir.ts';

export type MentionKind = 'order' | 'statement' | 'dispense' | 'administration';

/** What one resource says about one ingredient. */
export interface MedicationMention {
  readonly kind: MentionKind;
  readonly ingredient: string;
  readonly drugClass: string;
  readonly identity: Confidence;
  /** The resource, and the Medication that names its drug. */
  readonly sources: readonly SourceRef[];
  readonly start?: Instant;
  /** The end, where it lies at or before `asOf`; a later one is not known yet. */
  readonly end?: Instant;
  /** The source says that it has ended, without a date. */
  readonly isOver: boolean;
  /** Of what is over: when the source last changed, so that it ended then at the latest. */
  readonly overBy?: Instant;
  readonly isOnHold: boolean;
  /** An order without dosage or dates: the entry that another system's order then details. */
  readonly isBare: boolean;
  /** It has a known end, after `asOf`: a supply that lasts, or an order for so long. */
  readonly endsLater: boolean;
  readonly schedule: ReadDose['schedule'];
  /** How often a dose of a regular order is due. Unit: /d. */
  readonly timesADay?: number;
  readonly dailyDose?: Measured;
}

/** What a resource of one kind says of itself before its drug is known. */
interface Claim {
  readonly kind: MentionKind;
  readonly start: Moment | undefined;
  readonly end: Moment | undefined;
  readonly isOver: boolean;
  readonly changed?: Moment | undefined;
  readonly isOnHold: boolean;
  readonly isBare: boolean;
  readonly dosages: readonly Element[];
}

/** Everything that reading one medication resource needs. */
interface Desk {
  readonly filed: FiledResources;
  readonly find: FindMedication;
  readonly asOf: Instant;
  /** Dosages of dispenses by the order that they fill: there stands the timing that some hospitals' orders lack. */
  readonly dispensed: ReadonlyMap<string, readonly Element[]>;
}

/** Statuses that are no event at all (FHIR R4 medicationrequest-, medication-statement- and medicationdispense-status). */
const REFUSED_STATUS: ReadonlyMap<string, DropCode> = new Map(
  Object.entries({
    'entered-in-error': 'entered-in-error',
    cancelled: 'cancelled',
    draft: 'order-is-draft',
    declined: 'not-given',
    'not-done': 'not-given',
    'not-taken': 'not-taken',
    preparation: 'status-not-final',
  } as const),
);
const OVER: ReadonlySet<string> = new Set(['stopped', 'completed']);
const PROPOSALS: ReadonlySet<string> = new Set(['proposal', 'option']);

/** Charted words for a dose that was due and not given (electronic medication administration records). */
const NOT_GIVEN = /^(?:not |hold|held|refused|stopped|removed$|delayed not)/i;

/**
 * Reads orders, statements, dispenses and administrations: one mention an ingredient.
 *
 * What lies after `asOf` is refused; an end after it is a plan. A status is taken as it stands: a record of the past has
 * to be given the statuses of the past, because FHIR does not date them.
 */
export function readMedications(filed: FiledResources, asOf: Instant): Reading<MedicationMention> {
  const desk: Desk = { filed, asOf, find: medicationFinder(filed), dispensed: dosagesByOrder(filed) };
  const read = readingOf([
    ...filed.ofType('MedicationRequest').flatMap((item) => readOne(item, desk, orderClaim)),
    ...filed.ofType('MedicationStatement').flatMap((item) => readOne(item, desk, statementClaim)),
    ...filed.ofType('MedicationDispense').flatMap((item) => readOne(item, desk, dispenseClaim)),
    ...filed.ofType('MedicationAdministration').flatMap((item) => readOne(item, desk, administrationClaim)),
  ]);
  return { kept: read.kept, dropped: [...read.dropped, ...unreferenced(filed, read)] };
}

function dosagesByOrder(filed: FiledResources): ReadonlyMap<string, readonly Element[]> {
  const byOrder = new Map<string, readonly Element[]>();
  for (const { resource } of filed.ofType('MedicationDispense')) {
    const dosages = elementsOf(resource.dosageInstruction);
    if (dosages.length === 0) continue;
    for (const prescription of elementsOf(resource.authorizingPrescription)) {
      const reference = referenceOf(prescription);
      if (reference !== undefined && !byOrder.has(reference)) byOrder.set(reference, dosages);
    }
  }
  return byOrder;
}

function unreferenced(filed: FiledResources, read: Reading<MedicationMention>): readonly Dropped[] {
  const used = new Set(read.kept.flatMap(({ sources }) => sources));
  return filed
    .ofType('Medication')
    .filter(({ ref }) => !used.has(ref))
    .map(({ ref }) => dropped(ref, 'medication-unused'));
}

type ReadClaim = (item: FiledResource, desk: Desk) => Claim | DropCode;

function readOne(item: FiledResource, desk: Desk, readClaim: ReadClaim): readonly Outcome<MedicationMention>[] {
  const { ref, resource } = item;
  const status = textOf(resource.status);
  const reason = status === undefined ? 'status-missing' : REFUSED_STATUS.get(status);
  if (reason !== undefined) return [refuse(ref, reason)];
  const claim = readClaim(item, desk);
  if (typeof claim === 'string') return [refuse(ref, claim)];
  if (claim.start !== undefined && claim.start.earliest > desk.asOf) return [refuse(ref, 'after-as-of')];
  const medication = medicationOf(resource, desk);
  if (typeof medication === 'string') return [refuse(ref, medication)];
  return medication.ingredients.map((drug) => ({ kept: mentionOf(drug, medication, claim, item, desk) }));
}

/** The drug of a resource; an administration may name only its order. */
function medicationOf(resource: Element, { find, filed }: Desk): FoundMedication | DropCode {
  const own = find(resource);
  if (typeof own !== 'string') return own;
  const orders = [resource.request, ...elementsOf(resource.authorizingPrescription)];
  for (const order of orders) {
    const ordered = filed.find(referenceOf(order));
    const found = ordered === undefined ? own : find(ordered.resource);
    if (typeof found !== 'string') return found;
  }
  return own;
}

function mentionOf(
  { ingredient, drugClass }: FoundMedication['ingredients'][number],
  medication: FoundMedication,
  claim: Claim,
  { ref }: FiledResource,
  { asOf }: Desk,
): MedicationMention {
  const isAlone = medication.ingredients.length === 1;
  const dose = readDailyDose(claim.dosages, medication, { ingredient, isAlone });
  const end = claim.end?.earliest;
  const hasEnded = end !== undefined && end <= asOf;
  return {
    kind: claim.kind,
    ingredient,
    drugClass,
    identity: medication.identity,
    sources: [...new Set([ref, ...medication.sources])],
    ...(claim.start !== undefined && { start: claim.start.earliest }),
    ...(hasEnded && { end }),
    isOver: claim.isOver,
    ...(claim.isOver && claim.changed !== undefined && { overBy: claim.changed.latest }),
    isOnHold: claim.isOnHold,
    isBare: claim.isBare,
    endsLater: end !== undefined && !hasEnded,
    ...dose,
  };
}

function orderClaim({ ref, resource }: FiledResource, { filed, dispensed, asOf }: Desk): Claim | DropCode {
  if (resource.doNotPerform === true) return 'do-not-perform';
  if (PROPOSALS.has(textOf(resource.intent) ?? '')) return 'order-is-proposal';
  const authored = momentOf(resource.authoredOn);
  if (authored !== undefined && authored.earliest > asOf) return 'after-as-of';
  const dosages = elementsOf(resource.dosageInstruction);
  const validity = elementOf(elementOf(resource.dispenseRequest)?.validityPeriod);
  const bounds = boundsOf(dosages);
  const status = textOf(resource.status) ?? '';
  return {
    kind: 'order',
    start: momentOf(validity?.start) ?? momentOf(bounds?.start) ?? authored,
    end: momentOf(validity?.end) ?? momentOf(bounds?.end) ?? endOfStay(resource, filed),
    isOver: OVER.has(status),
    changed: momentOf(elementOf(resource.meta)?.lastUpdated),
    isOnHold: status === 'on-hold',
    isBare: dosages.length === 0 && validity === undefined,
    dosages: timed(dosages, dispensed.get(ref) ?? []),
  };
}

/** An inpatient order ends with its stay at the latest. */
function endOfStay(resource: Element, filed: FiledResources): Moment | undefined {
  const leaves = elementsOf(resource.category).some((category) =>
    ['outpatient', 'community', 'discharge'].includes(firstCode(category) ?? ''),
  );
  if (leaves) return undefined;
  return momentOf(elementOf(filed.find(referenceOf(resource.encounter))?.resource.period)?.end);
}

function boundsOf(dosages: readonly Element[]): Element | undefined {
  const repeat = elementOf(elementOf(dosages[0]?.timing)?.repeat);
  return elementOf(repeat?.boundsPeriod);
}

/** The dosages of an order, with the timing of its dispense where they have none. */
function timed(dosages: readonly Element[], dispensed: readonly Element[]): readonly Element[] {
  const [dose, ...others] = dosages;
  const timing = dispensed[0]?.timing;
  if (dose === undefined) return dispensed;
  if (others.length > 0 || dose.timing !== undefined || timing === undefined) return dosages;
  return [{ ...dose, timing }];
}

function statementClaim({ resource }: FiledResource): Claim {
  const period = elementOf(resource.effectivePeriod);
  const status = textOf(resource.status) ?? '';
  return {
    kind: 'statement',
    start: momentOf(resource.effectiveDateTime) ?? momentOf(period?.start) ?? momentOf(resource.dateAsserted),
    end: momentOf(period?.end),
    isOver: OVER.has(status),
    changed: momentOf(elementOf(resource.meta)?.lastUpdated),
    isOnHold: status === 'on-hold',
    isBare: false,
    dosages: elementsOf(resource.dosage),
  };
}

/** A supply for longer than ten years is a typing error. Unit: d. */
const LONGEST_SUPPLY_DAYS = 3_652;

/** A dispense that fills an order of the record lasts as long as its supply, or else as long as the order. */
function dispenseClaim({ resource }: FiledResource, desk: Desk): Claim | DropCode {
  const order = desk.filed.find(referenceOf(elementsOf(resource.authorizingPrescription)[0]));
  const ordered = order?.resource.resourceType === 'MedicationRequest' ? orderClaim(order, desk) : undefined;
  if (typeof ordered === 'string') return ordered;
  const start = momentOf(resource.whenHandedOver) ?? momentOf(resource.whenPrepared) ?? ordered?.start;
  if (start === undefined) return 'time-missing';
  const days = numberOf(elementOf(resource.daysSupply)?.value);
  const lasts = days !== undefined && days >= 0 && days <= LONGEST_SUPPLY_DAYS;
  const end = lasts ? addDays(start.latest, days) : undefined;
  return {
    kind: 'dispense',
    start,
    end: end === undefined ? ordered?.end : { earliest: end, latest: end, precision: 'second' },
    isOver: end === undefined && ordered?.isOver === true,
    changed: ordered?.changed,
    isOnHold: textOf(resource.status) === 'on-hold',
    isBare: false,
    dosages: elementsOf(resource.dosageInstruction),
  };
}

function administrationClaim({ resource }: FiledResource, { asOf }: Desk): Claim | DropCode {
  const dosage = elementOf(resource.dosage);
  const method = codingsOf(dosage?.method)[0];
  if (NOT_GIVEN.test(method?.display ?? method?.code ?? '')) return 'not-given';
  const period = elementOf(resource.effectivePeriod);
  const start = momentOf(resource.effectiveDateTime) ?? momentOf(period?.start);
  if (start === undefined) return 'time-missing';
  const end = momentOf(period?.end) ?? start;
  return {
    kind: 'administration',
    start,
    end: end.earliest > asOf ? undefined : end,
    isOver: false,
    isOnHold: false,
    isBare: false,
    dosages: [],
  };
}
