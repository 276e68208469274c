import { groupBy } from '../core/array.ts';
import { digestText } from '../core/digest.ts';
import { addDays, daysBetween, type Instant } from '../core/time.ts';
import type { MedicationCourse } from '../domain/record.ts';
import { fileResources } from '../record/file-resources.ts';
import { inferRegimen } from '../record/infer-regimen.ts';
import { elementOf, momentOf, type Element } from '../record/read-fhir.ts';
import { readMedications } from '../record/read-medications.ts';
import { isOpen, isRecentDose } from '../record/taking-evidence.ts';
import { readBundles, type PatientBundle } from './read-bundles.ts';

/** A moment in a hospital stay at which the regimen is inferred, with what was given in the day after. */
export interface TruthCase {
  readonly patientId: string;
  readonly cutOff: Instant;
  /** How sure the record makes us of each ingredient, with its class and the reason. */
  readonly inferred: ReadonlyMap<string, Inferred>;
  /** Given in the next `WINDOW_DAYS`. */
  readonly given: ReadonlyMap<string, Given>;
}

interface Inferred {
  readonly drugClass: string;
  readonly probability: number;
  readonly reason: string;
}

interface Given {
  readonly drugClass: string;
  /** An order of it stood at the cut-off, or it had been given in the day before: otherwise nobody could know. */
  readonly wasKnowable: boolean;
}

/** What the split of people into halves is seeded with; it never changes, or held-out people would become development ones. */
const SPLIT_SEED = 'sextant medication truth 1';

/**
 * Whether a patient belongs to the held-out half, on which the inference is graded and nothing is ever measured or chosen.
 *
 * The lowest bit of the first digit of SHA-256 of seed and patient id: a person is in one half with all their stays.
 */
export function isHeldOut(patientId: string): boolean {
  return Number.parseInt(digestText(`${SPLIT_SEED}/${patientId}`).charAt(0), 16) % 2 === 1;
}

/** How long after the cut-off doses count as the truth. Unit: d. */
export const WINDOW_DAYS = 1;

/** Hits, false alarms and misses. */
export interface Score {
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
}

/** The chance above which a drug counts as taken, unless said otherwise: likelier than not. */
const LIKELIER_THAN_NOT = 0.5;
const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * The cut-offs of a patient's stays: 24 h after admission, and the middle of a stay of at least 96 h.
 *
 * Only stays that go on for a day after the cut-off and that have doses charted against orders both in the day before
 * and in the day after it: where no electronic chart was kept, nothing tells what was given.
 */
export function truthCases(bundle: PatientBundle): readonly TruthCase[] {
  return cutOffs(bundle.resources)
    .filter((cutOff) => isCharted(bundle.resources, cutOff))
    .map((cutOff) => truthCase(bundle, cutOff));
}

/** Every cut-off, whether or not doses were charted around it. */
export function cutOffs(resources: readonly Element[]): readonly Instant[] {
  return resources.filter(isStay).flatMap((stay) => {
    const period = elementOf(stay.period);
    const [start, end] = [momentOf(period?.start)?.earliest, momentOf(period?.end)?.earliest];
    if (start === undefined || end === undefined) return [];
    const length = daysBetween(start, end);
    if (length < 2) return [];
    return length < 4 ? [addDays(start, 1)] : [addDays(start, 1), addDays(start, length / 2)];
  });
}

/** Whether a resource is a stay in hospital, not a visit to the emergency room or a part of a stay. */
export function isStay(resource: Element): boolean {
  if (resource.resourceType !== 'Encounter' || resource.partOf !== undefined) return false;
  return elementOf(resource.class)?.code !== 'EMER';
}

function isCharted(resources: readonly Element[], cutOff: Instant): boolean {
  const doses = resources.filter(
    (resource) => resource.resourceType === 'MedicationAdministration' && resource.request !== undefined,
  );
  const times = doses.flatMap((dose) => momentOf(dose.effectiveDateTime)?.earliest ?? []);
  return [-1, 1].every((side) =>
    times.some((time) => daysBetween(cutOff, time) * side > 0 && Math.abs(daysBetween(cutOff, time)) <= WINDOW_DAYS),
  );
}

function truthCase({ patientId, resources }: PatientBundle, cutOff: Instant): TruthCase {
  const known = fileResources(asKnownAt(resources, cutOff), patientId);
  const mentions = readMedications(known, cutOff).kept;
  const standing = mentions.filter(
    (mention) => (mention.kind === 'order' && isOpen(mention)) || isRecentDose(mention, cutOff),
  );
  const knowable = new Set(standing.map(({ ingredient }) => ingredient));
  const until = addDays(cutOff, WINDOW_DAYS);
  const doses = readMedications(fileResources(resources, patientId), until).kept.filter(
    ({ kind, start, end }) =>
      kind === 'administration' && start !== undefined && start <= until && (end === undefined || end > cutOff),
  );
  return {
    patientId,
    cutOff,
    inferred: mostLikely(inferRegimen(mentions, cutOff)),
    given: new Map(
      doses.map(({ ingredient, drugClass }) => [ingredient, { drugClass, wasKnowable: knowable.has(ingredient) }]),
    ),
  };
}

/**
 * The resources as a hospital would have had them at a moment.
 *
 * Doses from then on are hidden, also the rest of an infusion under way. Orders written later are hidden; of earlier ones
 * that still ran, the stop date and the final status are hidden ("active"), because these files state when an order did end
 * and not when it was meant to. Diagnoses, which are coded at discharge, and the end of the stay are hidden as well.
 */
export function asKnownAt(resources: readonly Element[], moment: Instant): readonly Element[] {
  return resources.flatMap((resource) => {
    switch (resource.resourceType) {
      case 'MedicationRequest':
        return orderAsKnown(resource, moment);
      case 'MedicationAdministration':
        return doseAsKnown(resource, moment);
      case 'Encounter':
        return [{ ...resource, period: openEnded(elementOf(resource.period), moment) }];
      case 'Condition':
      case 'Observation':
      case 'Procedure':
      case 'Specimen':
        return [];
      default:
        return [resource];
    }
  });
}

function orderAsKnown(order: Element, moment: Instant): readonly Element[] {
  const authored = momentOf(order.authoredOn)?.earliest;
  if (authored === undefined || authored >= moment) return [];
  const supply = elementOf(order.dispenseRequest);
  const validity = elementOf(supply?.validityPeriod);
  const end = momentOf(validity?.end)?.earliest;
  if (end !== undefined && end < moment) return [order];
  const open = validity === undefined ? supply : { ...supply, validityPeriod: openEnded(validity, moment) };
  return [{ ...order, status: 'active', ...(open !== undefined && { dispenseRequest: open }) }];
}

function doseAsKnown(dose: Element, moment: Instant): readonly Element[] {
  const period = elementOf(dose.effectivePeriod);
  const start = momentOf(dose.effectiveDateTime ?? period?.start)?.earliest;
  if (start === undefined || start >= moment) return [];
  return period === undefined ? [dose] : [{ ...dose, effectivePeriod: openEnded(period, moment) }];
}

function openEnded(period: Element | undefined, moment: Instant): Element | undefined {
  const end = momentOf(period?.end)?.earliest;
  if (period === undefined || end === undefined || end < moment) return period;
  return Object.fromEntries(Object.entries(period).filter(([key]) => key !== 'end'));
}

function mostLikely(courses: readonly MedicationCourse[]): ReadonlyMap<string, Inferred> {
  const byIngredient = groupBy(courses, ({ ingredient }) => ingredient);
  return new Map(
    [...byIngredient].map(([ingredient, own]) => {
      const best = own.reduce((a, b) => (a.taking.probability >= b.taking.probability ? a : b));
      const probability = best.taking.probability * best.identity.probability;
      return [ingredient, { drugClass: best.drugClass, probability, reason: best.taking.reason }] as const;
    }),
  );
}

/** Scores the ingredients at or above a chance against those that were given, for some classes or all. */
export function scoreCases(cases: readonly TruthCase[], threshold: number, drugClass?: string): Score {
  const score = { hits: 0, falseAlarms: 0, misses: 0 };
  for (const { inferred, given } of cases) {
    const counts = (item: { readonly drugClass: string }): boolean =>
      drugClass === undefined || item.drugClass === drugClass;
    for (const [ingredient, guess] of inferred) {
      if (guess.probability < threshold || !counts(guess)) continue;
      if (given.has(ingredient)) score.hits += 1;
      else score.falseAlarms += 1;
    }
    for (const [ingredient, dose] of given) {
      if (counts(dose) && (inferred.get(ingredient)?.probability ?? 0) < threshold) score.misses += 1;
    }
  }
  return score;
}

/** Precision, recall and their harmonic mean; 0 where nothing counts. */
export function ratesOf({ hits, falseAlarms, misses }: Score): { precision: number; recall: number; f1: number } {
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    precision: share(hits, hits + falseAlarms),
    recall: share(hits, hits + misses),
    f1: share(2 * hits, 2 * hits + falseAlarms + misses),
  };
}

/**
 * `sextant medication-truth <folder>`: prints how well the inferred regimens agree with what was given.
 *
 * People are split into two halves (`isHeldOut`). The evidence probabilities and windows of src/record/taking-evidence were
 * measured and chosen on the development half, and rules were improved on it; its score flatters. The held-out half had no
 * part in that: it is the grade, in the last line. One reservation: the kinds of evidence and their order were first drawn up
 * when all people had been looked at, before there was a split; only what is a number is free of the held-out half.
 */
export async function runMedicationTruth(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [folder] = args;
  if (folder === undefined) {
    print('usage: medication-truth <folder with FHIR bundles, *.json or *.json.gz>');
    return 2;
  }
  const cases: TruthCase[] = [];
  let moments = 0;
  for await (const bundle of readBundles(folder)) {
    if ('reason' in bundle) {
      print(`${bundle.file}: ${bundle.reason}`);
      continue;
    }
    moments += cutOffs(bundle.resources).length;
    cases.push(...truthCases(bundle));
  }
  for (const line of renderTruth(cases, moments)) print(line);
  return cases.length === 0 ? 1 : 0;
}

/** The report, line by line: the development half in short, then the held-out half; the last line is the grade. */
export function renderTruth(cases: readonly TruthCase[], moments: number): readonly string[] {
  const heldOut = cases.filter(({ patientId }) => isHeldOut(patientId));
  const development = cases.filter(({ patientId }) => !isHeldOut(patientId));
  return [
    `${cases.length} cut-offs scored; ${moments - cases.length} of ${moments} left out, because no doses were charted around them`,
    '',
    `DEVELOPMENT HALF (evidence measured and windows chosen on it), ${sizeOf(development)}`,
    ...evidenceLines(development),
    ...truthSetLines(development),
    '',
    `HELD-OUT HALF (nothing measured or chosen on it), ${sizeOf(heldOut)}`,
    ...evidenceLines(heldOut),
    'by confidence threshold:',
    ...THRESHOLDS.map((threshold) => `  ≥ ${threshold.toFixed(1)}  ${rateLine(scoreCases(heldOut, threshold))}`),
    `by class, at ${LIKELIER_THAN_NOT}:`,
    ...classLines(heldOut),
    ...truthSetLines(heldOut),
    `medication truth F1 ${f1Of(heldOut)} of all drugs given, ${f1Of(knowableOnly(heldOut))} of those the record pointed to (held-out half)`,
  ];
}

function sizeOf(cases: readonly TruthCase[]): string {
  return `${cases.length} cut-offs of ${new Set(cases.map(({ patientId }) => patientId)).size} people`;
}

function evidenceLines(cases: readonly TruthCase[]): readonly string[] {
  return ['what the record said, and how often the drug was given in the next 24 h:', ...calibrationLines(cases)];
}

function classLines(cases: readonly TruthCase[]): readonly string[] {
  const items = cases.flatMap(({ given, inferred }) => [...given.values(), ...inferred.values()]);
  return [...new Set(items.map(({ drugClass }) => drugClass))]
    .map((drugClass) => [drugClass, scoreCases(cases, LIKELIER_THAN_NOT, drugClass)] as const)
    .filter(([, { hits, falseAlarms, misses }]) => hits + falseAlarms + misses > 0)
    .toSorted(([, a], [, b]) => b.hits + b.misses - a.hits - a.misses)
    .map(([drugClass, score]) => `  ${drugClass.padEnd(28)}${rateLine(score)}`);
}

function truthSetLines(cases: readonly TruthCase[]): readonly string[] {
  return [
    'all drugs given, and those alone of which an order stood or a dose had been given by the cut-off:',
    `  all         ${rateLine(scoreCases(cases, LIKELIER_THAN_NOT))}`,
    `  pointed to  ${rateLine(scoreCases(knowableOnly(cases), LIKELIER_THAN_NOT))}`,
    `  ceiling     ${rateLine(ceilingScore(cases))}`,
  ];
}

function f1Of(cases: readonly TruthCase[]): string {
  return ratesOf(scoreCases(cases, LIKELIER_THAN_NOT)).f1.toFixed(3);
}

/**
 * The score on all drugs of an oracle that names exactly the drugs given among those that the record pointed to: no reader
 * of the record can do better, because of the others nothing stood in it yet.
 */
export function ceilingScore(cases: readonly TruthCase[]): Score {
  const given = cases.flatMap((item) => [...item.given.values()]);
  const hits = given.filter(({ wasKnowable }) => wasKnowable).length;
  return { hits, falseAlarms: 0, misses: given.length - hits };
}

function calibrationLines(cases: readonly TruthCase[]): readonly string[] {
  const guesses = cases.flatMap(({ inferred, given }) =>
    [...inferred].map(([ingredient, { reason }]) => ({ reason, wasGiven: given.has(ingredient) })),
  );
  return [...groupBy(guesses, ({ reason }) => reason)].map(([reason, own]) => {
    const hits = own.filter(({ wasGiven }) => wasGiven).length;
    return `  ${(hits / own.length).toFixed(2)}  (${hits} of ${own.length})  ${reason}`;
  });
}

function knowableOnly(cases: readonly TruthCase[]): readonly TruthCase[] {
  return cases.map((item) => ({
    ...item,
    given: new Map([...item.given].filter(([, { wasKnowable }]) => wasKnowable)),
  }));
}

function rateLine(score: Score): string {
  const { precision, recall, f1 } = ratesOf(score);
  const counts = `${score.hits} hits, ${score.falseAlarms} false alarms, ${score.misses} misses`;
  return `F1 ${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  (${counts})`;
}
