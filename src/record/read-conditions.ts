import { addDays, type Instant, type Moment } from '../core/time.ts';
import type { RecordedCondition } from '../domain/record.ts';
import { conditionRow, identifyConditions, type ConditionRow } from '../terminology/conditions.ts';
import { readingOf, refuse, type Outcome, type Reading } from './dropped.ts';
import type { FiledResource, FiledResources } from './file-resources.ts';
import { codingsOf, elementOf, elementsOf, firstCode, momentOf, referenceOf, type Element } from './read-fhir.ts';

/** Clinical statuses under which a condition is present (FHIR R4 condition-clinical). */
const PRESENT: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse']);

/**
 * Reads the conditions that rules, traits and applicability ask about.
 *
 * Without a clinical status a lasting condition is present, and an acute one while the stay that it was diagnosed in
 * goes on. A diagnosis of a stay is known at the end of that stay (discharge coding), unless it is dated by itself.
 */
export function readConditions(filed: FiledResources, asOf: Instant): Reading<RecordedCondition> {
  return readingOf(filed.ofType('Condition').flatMap((condition) => readOne(condition, filed, asOf)));
}

function readOne(
  { ref, resource }: FiledResource,
  filed: FiledResources,
  asOf: Instant,
): readonly Outcome<RecordedCondition>[] {
  const verification = firstCode(resource.verificationStatus);
  if (verification === 'entered-in-error') return [refuse(ref, 'entered-in-error')];
  if (verification === 'refuted' || verification === 'differential') return [refuse(ref, 'refuted')];
  const codings = codingsOf(resource.code);
  if (codings.length === 0) return [refuse(ref, 'code-missing')];
  const conditions = identifyConditions(codings);
  if (conditions.length === 0) return [refuse(ref, 'condition-unknown')];
  const dates = datesOf(resource, filed);
  if (dates.known !== undefined && dates.known.earliest > asOf) return [refuse(ref, 'after-as-of')];
  return conditions.map((condition) => ({
    kept: {
      condition,
      ...(dates.onset !== undefined && { onset: dates.onset.earliest }),
      active: isActive(resource, conditionRow(condition), dates, asOf),
      source: ref,
    },
  }));
}

interface ConditionDates {
  readonly onset: Moment | undefined;
  readonly abatement: Moment | undefined;
  readonly stayEnd: Moment | undefined;
  /** From when on the record could tell. */
  readonly known: Moment | undefined;
}

function datesOf(resource: Element, filed: FiledResources): ConditionDates {
  const stay = elementOf(filed.find(referenceOf(resource.encounter))?.resource.period);
  const [stayStart, stayEnd] = [momentOf(stay?.start), momentOf(stay?.end)];
  const recorded = momentOf(resource.recordedDate);
  const onset = momentOf(resource.onsetDateTime) ?? momentOf(elementOf(resource.onsetPeriod)?.start);
  const abatement = momentOf(resource.abatementDateTime) ?? momentOf(elementOf(resource.abatementPeriod)?.end);
  const known = recorded ?? onset ?? (isDischargeDiagnosis(resource) ? (stayEnd ?? stayStart) : stayStart);
  return { onset: onset ?? recorded ?? stayStart, abatement, stayEnd, known };
}

function isDischargeDiagnosis(resource: Element): boolean {
  return elementsOf(resource.category).some((category) => firstCode(category) === 'encounter-diagnosis');
}

function isActive(resource: Element, row: ConditionRow, dates: ConditionDates, asOf: Instant): boolean {
  if (dates.abatement !== undefined && dates.abatement.earliest <= asOf) return false;
  if (hasRunOut(row, dates.onset, asOf)) return false;
  const status = firstCode(resource.clinicalStatus);
  if (status !== undefined) return PRESENT.has(status);
  const stayIsOver = dates.stayEnd !== undefined && dates.stayEnd.latest < asOf;
  return row.course === 'lasting' || !stayIsOver;
}

function hasRunOut({ lastsAtMost }: ConditionRow, onset: Moment | undefined, asOf: Instant): boolean {
  if (lastsAtMost === undefined || onset === undefined) return false;
  return addDays(onset.latest, lastsAtMost.value) < asOf;
}
