import type { Instant } from '../core/time.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { System, Variable } from '../domain/system.ts';
import { buildRecord } from '../record/build-record.ts';
import { codingsOf, elementOf, elementsOf, numberOf, textOf, type Element } from '../record/read-fhir.ts';
import { cardioRenalMetabolic } from '../systems/cardio-renal-metabolic/system.ts';
import { loincOf } from '../terminology/laboratory-codes.ts';
import { convertUnit } from '../terminology/units.ts';
import { gatheredFrom, lastMoment, readBundles, type PatientBundle } from './read-bundles.ts';

/** What a belief made of a record: a belief, or an abstention with the codes of its reasons. */
export interface Assessment {
  readonly answer: 'belief' | 'abstention';
  readonly codes: readonly string[];
}

/** Counts under a key. */
type Tally = Map<string, number>;

/** What was mapped and what was refused, over all bundles. */
export interface RecordCoverage {
  patients: number;
  unreadable: number;
  resources: number;
  /** Milliseconds that building the records took, in all and at most for one. */
  readonly time: { total: number; longest: number };
  /** By variable: how many measurements. */
  readonly measurements: Tally;
  /** By drug class: courses, and patients that have one. */
  readonly courses: Tally;
  readonly patientsOnClass: Tally;
  /** By resource type and reason. */
  readonly refused: Tally;
  /** By "variable: reason", only observations that carry one of our codes. */
  readonly refusedOfVariables: Tally;
  readonly usable: { mapped: number; refused: Tally };
  readonly answers: Tally;
}

/**
 * Measures how much of real records becomes part of the house's record.
 *
 * A *usable* observation carries a code of one of the system's variables or inputs, itself or in a component, and a
 * number with a unit that converts to that variable's unit. It is *mapped* when the record has a measurement from it,
 * or merged it with an equal one of the same time. Usable ones that are refused (impossible, not final, in conflict
 * with another one of the same second) stay in the denominator, and their reasons are listed. `asOf` is the last
 * moment of the bundle.
 */
export function measureRecordCoverage(
  bundle: PatientBundle,
  coverage: RecordCoverage,
  options: {
    readonly system: System;
    readonly now: () => number;
    readonly assess?: ((record: PatientRecord) => Assessment) | undefined;
  },
): void {
  const asOf = lastMoment(bundle);
  if (asOf === undefined) {
    coverage.unreadable += 1;
    return;
  }
  const record = timed(coverage, options.now, () => build(bundle, options.system, asOf));
  coverage.patients += 1;
  coverage.resources += bundle.resources.length;
  countRecord(coverage, record);
  countUsable(coverage, bundle, record, options.system);
  const assessment = options.assess?.(record);
  if (assessment === undefined) return;
  add(coverage.answers, assessment.answer);
  for (const code of assessment.codes) add(coverage.answers, `${assessment.answer}: ${code}`);
}

/** Nothing counted yet. */
export function emptyCoverage(): RecordCoverage {
  return {
    patients: 0,
    unreadable: 0,
    resources: 0,
    time: { total: 0, longest: 0 },
    measurements: new Map(),
    courses: new Map(),
    patientsOnClass: new Map(),
    refused: new Map(),
    refusedOfVariables: new Map(),
    usable: { mapped: 0, refused: new Map() },
    answers: new Map(),
  };
}

/** Share of the usable observations that are mapped, in per cent. */
export function mappedPercent({ usable }: RecordCoverage): number {
  const refused = [...usable.refused.values()].reduce((sum, count) => sum + count, 0);
  return usable.mapped + refused === 0 ? 0 : (100 * usable.mapped) / (usable.mapped + refused);
}

/** `sextant coverage <folder>`: prints the coverage of every bundle in a folder; 0 when every file could be read. */
export async function runRecordCoverage(
  args: readonly string[],
  print: (line: string) => void,
  assess?: (record: PatientRecord) => Assessment,
): Promise<number> {
  const [folder] = args;
  if (folder === undefined) {
    print('usage: coverage <folder with FHIR bundles, *.json or *.json.gz>');
    return 2;
  }
  const coverage = emptyCoverage();
  const options = { system: cardioRenalMetabolic, now: () => performance.now(), assess };
  for await (const bundle of readBundles(folder)) {
    if ('reason' in bundle) {
      coverage.unreadable += 1;
      print(`${bundle.file}: ${bundle.reason}`);
    } else measureRecordCoverage(bundle, coverage, options);
  }
  for (const line of renderCoverage(coverage)) print(line);
  return coverage.unreadable === 0 ? 0 : 1;
}

/** The report, line by line; the last one is `mapped X %`. */
export function renderCoverage(coverage: RecordCoverage): readonly string[] {
  const { patients, resources, unreadable, time, usable } = coverage;
  return [
    `${patients} patients, ${resources} resources, ${unreadable} files unreadable`,
    `records built in ${time.total.toFixed(0)} ms, the longest in ${time.longest.toFixed(0)} ms`,
    ...section('measurements by variable', coverage.measurements),
    ...section('refused, of observations with a code of a variable', coverage.refusedOfVariables),
    ...section('medication courses by class', coverage.courses),
    ...section('patients by class', coverage.patientsOnClass),
    ...section('not used, by resource type and reason', coverage.refused),
    ...section('answers', coverage.answers),
    ...section(`usable observations: ${usable.mapped} mapped; refused`, usable.refused),
    `mapped ${mappedPercent(coverage).toFixed(2)} %`,
  ];
}

function section(title: string, tally: Tally): readonly string[] {
  const rows = [...tally].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return tally.size === 0 ? [] : [`${title}:`, ...rows.map(([key, count]) => `  ${String(count).padStart(8)}  ${key}`)];
}

function build(bundle: PatientBundle, system: System, asOf: Instant): PatientRecord {
  return buildRecord(gatheredFrom(bundle), { system, asOf });
}

function timed<T>({ time }: RecordCoverage, now: () => number, work: () => T): T {
  const start = now();
  const result = work();
  const took = now() - start;
  time.total += took;
  time.longest = Math.max(time.longest, took);
  return result;
}

function countRecord(coverage: RecordCoverage, record: PatientRecord): void {
  for (const { variable, derivedBy } of record.measurements) {
    add(coverage.measurements, derivedBy === undefined ? variable : `${variable} (${derivedBy})`);
  }
  for (const { drugClass } of record.medications) add(coverage.courses, drugClass);
  for (const drugClass of new Set(record.medications.map((course) => course.drugClass))) {
    add(coverage.patientsOnClass, drugClass);
  }
  for (const { source, reason } of record.dropped) add(coverage.refused, `${source.split('/')[0] ?? ''}: ${reason}`);
}

function countUsable(coverage: RecordCoverage, bundle: PatientBundle, record: PatientRecord, system: System): void {
  const measured = new Set(record.measurements.map(({ source }) => source));
  const reasons = new Map(record.dropped.map(({ source, reason }) => [source, reason]));
  const variables = [...system.variables, ...system.inputs];
  for (const resource of bundle.resources) {
    if (resource.resourceType !== 'Observation') continue;
    const variable = variables.find((candidate) => carries(resource, candidate));
    if (variable === undefined) continue;
    const source = `Observation/${textOf(resource.id) ?? ''}`;
    const reason = measured.has(source) ? undefined : (reasons.get(source) ?? 'unaccounted');
    if (reason !== undefined) add(coverage.refusedOfVariables, `${variable.id}: ${reason}`);
    if (!isUsable(resource, variable)) continue;
    if (reason === undefined || reason === 'duplicate') coverage.usable.mapped += 1;
    else add(coverage.usable.refused, reason);
  }
}

function partsOf(resource: Element): readonly Element[] {
  return [resource, ...elementsOf(resource.component)];
}

function carries(resource: Element, { loinc }: Variable): boolean {
  return partsOf(resource).some((part) => loincOf(codingsOf(part.code)).some((code) => loinc.includes(code)));
}

function isUsable(resource: Element, variable: Variable): boolean {
  return partsOf(resource).some((part) => {
    const quantity = elementOf(part.valueQuantity);
    const value = numberOf(quantity?.value);
    if (value === undefined || !carries({ code: part.code }, variable)) return false;
    const unit = textOf(quantity?.code) ?? textOf(quantity?.unit);
    return 'value' in convertUnit(value, unit, variable.unit, variable.id);
  });
}

function add(tally: Tally, key: string): void {
  tally.set(key, (tally.get(key) ?? 0) + 1);
}
