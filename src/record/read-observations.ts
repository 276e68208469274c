import { groupBy } from '../core/array.ts';
import type { Instant, Moment } from '../core/time.ts';
import type { Measurement } from '../domain/record.ts';
import type { System, Variable } from '../domain/system.ts';
import { isIfccHba1c, isOutdatedEgfr, loincOf } from '../terminology/laboratory-codes.ts';
import { convertUnit, ucumOf } from '../terminology/units.ts';
import { readingOf, refuse, type DropCode, type Outcome, type Reading } from './dropped.ts';
import type { FiledResource, FiledResources } from './file-resources.ts';
import { codingsOf, elementOf, elementsOf, isAfter, momentOf, numberOf, textOf, type Element } from './read-fhir.ts';

/** What readers have to know besides the resources. */
export interface ReadOptions {
  readonly system: System;
  readonly asOf: Instant;
}

/** Statuses under which a result counts (FHIR R4 observation-status), and why the others do not. */
const REFUSED_STATUS: Readonly<Record<string, DropCode | undefined>> = {
  final: undefined,
  amended: undefined,
  corrected: undefined,
  'entered-in-error': 'entered-in-error',
  cancelled: 'cancelled',
};

/** A LOINC code's variable, looked up once a system. */
type VariableOf = ReadonlyMap<string, Variable>;

/** What an Observation says of itself, whichever of its components is read. */
interface Frame {
  readonly ref: string;
  readonly moment: Moment;
}

/**
 * Reads results of the system's variables and inputs: LOINC, UCUM, blood-pressure components, comparators, status.
 *
 * A value without a unit, of an impossible size, not final, or later than `asOf` (`isAfter`) is refused with its reason. Of two
 * different values under one code at one second neither is used; a cuff and an arterial line have codes of their own.
 */
export function readObservations(filed: FiledResources, options: ReadOptions): Reading<Measurement> {
  const variables = variablesByLoinc(options.system);
  const outcomes = filed.ofType('Observation').flatMap((observation) => readOne(observation, variables, options.asOf));
  const read = readingOf(outcomes);
  const agreed = readingOf(withoutConflicts(read.kept));
  return {
    // What a clock that is ahead dated into the future was measured by now.
    kept: agreed.kept.map((item) => (item.at > options.asOf ? { ...item, at: options.asOf } : item)),
    dropped: [...read.dropped, ...agreed.dropped],
  };
}

function variablesByLoinc(system: System): VariableOf {
  const variables = [...system.variables, ...system.inputs];
  return new Map(variables.flatMap((variable) => variable.loinc.map((code) => [code, variable] as const)));
}

function readOne(
  { ref, resource }: FiledResource,
  variables: VariableOf,
  asOf: Instant,
): readonly Outcome<CodedMeasurement>[] {
  const parts = partsOf(resource, variables);
  if ('reason' in parts) return [refuse(ref, parts.reason)];
  const reason = reasonOfStatus(resource.status);
  if (reason !== undefined) return [refuse(ref, reason)];
  const moment = momentOfObservation(resource);
  if (moment === undefined) return [refuse(ref, 'time-missing')];
  if (isAfter(moment, asOf)) return [refuse(ref, 'after-as-of')];
  return parts.parts.map((part) => measurementOf(part, { ref, moment }));
}

/** A measurement with the code that it came under. */
interface CodedMeasurement {
  readonly measurement: Measurement;
  readonly loinc: string;
  /** The variable's name, for a refusal. */
  readonly name: string;
}

/** A value with the variable that its code names. */
interface Part {
  readonly variable: Variable;
  readonly loinc: string;
  readonly element: Element;
}

/** The parts of an Observation that are one of our quantities: itself, or components of a panel. */
function partsOf(
  resource: Element,
  variables: VariableOf,
): { readonly parts: readonly Part[] } | { readonly reason: DropCode } {
  const own = partOf(resource, variables);
  if (own === 'code-conflict' || own === 'equation-outdated' || own === 'code-missing') return { reason: own };
  const components = elementsOf(resource.component).flatMap((component) => {
    const part = partOf(component, variables);
    return typeof part === 'string' ? [] : [part];
  });
  if (own === 'variable-unknown') return components.length > 0 ? { parts: components } : { reason: own };
  return { parts: [own, ...components.filter(({ variable }) => variable.id !== own.variable.id)] };
}

function partOf(
  element: Element,
  variables: VariableOf,
): Part | 'code-missing' | 'code-conflict' | 'equation-outdated' | 'variable-unknown' {
  const codings = codingsOf(element.code);
  if (codings.length === 0)
    return textOf(elementOf(element.code)?.text) === undefined ? 'code-missing' : 'variable-unknown';
  const codes = loincOf(codings);
  const [loinc, ...others] = codes.filter((code) => variables.has(code));
  if (loinc === undefined) return codes.some(isOutdatedEgfr) ? 'equation-outdated' : 'variable-unknown';
  const variable = variables.get(loinc);
  if (variable === undefined || others.some((code) => variables.get(code) !== variable)) return 'code-conflict';
  return { variable, loinc, element };
}

function reasonOfStatus(status: unknown): DropCode | undefined {
  const text = textOf(status);
  if (text === undefined) return 'status-missing';
  return Object.hasOwn(REFUSED_STATUS, text) ? REFUSED_STATUS[text] : 'status-not-final';
}

/** When it was measured; of a period its end. The time of issue is later than the measurement and does not stand in. */
function momentOfObservation(resource: Element): Moment | undefined {
  const period = elementOf(resource.effectivePeriod);
  return (
    momentOf(resource.effectiveDateTime) ??
    momentOf(resource.effectiveInstant) ??
    momentOf(period?.end) ??
    momentOf(period?.start)
  );
}

function measurementOf({ variable, loinc, element }: Part, { ref, moment }: Frame): Outcome<CodedMeasurement> {
  const read = valueOf(element);
  if ('reason' in read) return refuse(ref, read.reason, `(${variable.name})`);
  if (isIfccHba1c(loinc) && ucumOf(read.unit ?? '') === '%') return refuse(ref, 'unit-ambiguous');
  const converted = convertUnit(read.value, read.unit, variable.unit, variable.id);
  if ('refused' in converted) return refuse(ref, converted.refused, `(${variable.name}${said(read.unit)})`);
  const { low, high } = variable.plausible;
  if (converted.value < low || converted.value > high) return refuse(ref, 'value-implausible', `(${variable.name})`);
  const measurement: Measurement = {
    variable: variable.id,
    value: converted.value,
    at: moment.earliest,
    precision: moment.precision,
    ...(read.comparator !== undefined && { comparator: read.comparator }),
    source: ref,
  };
  return { kept: { measurement, loinc, name: variable.name } };
}

function said(unit: string | undefined): string {
  return unit === undefined ? '' : ` in ${unit.slice(0, 20)}`;
}

interface ReadValue {
  readonly value: number;
  readonly unit: string | undefined;
  readonly comparator: Measurement['comparator'];
}

function valueOf(element: Element): ReadValue | { readonly reason: DropCode } {
  const given = elementOf(element.valueQuantity);
  if (given === undefined) {
    const other = Object.entries(element).some(([key, value]) => key.startsWith('value') && value !== undefined);
    return { reason: other ? 'value-not-number' : 'value-missing' };
  }
  const value = numberOf(given.value);
  if (value === undefined) return { reason: given.value === undefined ? 'value-missing' : 'value-not-number' };
  const [unit, code] = [textOf(given.unit), textOf(given.code)];
  if (unit !== undefined && code !== undefined && contradict(unit, code)) return { reason: 'unit-conflict' };
  const comparator = comparatorOf(given.comparator);
  if (comparator === undefined && (given.comparator ?? undefined) !== undefined)
    return { reason: 'comparator-unknown' };
  return { value, unit: code ?? unit, comparator };
}

/**
 * Whether unit text and unit code mean different sizes.
 *
 * Only a text that is a unit by itself can contradict; a label in words says nothing.
 */
function contradict(unit: string, code: string): boolean {
  const [said, coded] = [ucumOf(unit), ucumOf(code)];
  if (said === coded) return false;
  const converted = SCALES.flatMap(({ to, substance }) => {
    const [a, b] = [convertUnit(1, said, to, substance), convertUnit(1, coded, to, substance)];
    return 'value' in a && 'value' in b ? [Math.abs(a.value - b.value) > 1e-6 * Math.abs(b.value)] : [];
  });
  return converted[0] ?? false;
}

/** One unit a dimension, to compare two spellings on. */
const SCALES = [
  { to: 'mg/dL', substance: 'creatinine' },
  { to: 'mmol/L', substance: 'potassium' },
  { to: 'mm[Hg]', substance: undefined },
  { to: 'kg', substance: undefined },
  { to: '/min', substance: undefined },
  { to: '%', substance: 'hba1c' },
  { to: 'mg/g', substance: 'uacr' },
] as const;

function comparatorOf(text: unknown): Measurement['comparator'] {
  return text === '<' || text === '<=' || text === '>' || text === '>=' ? text : undefined;
}

/** Merges equal values of one quantity and time; refuses different ones of one code. */
function withoutConflicts(coded: readonly CodedMeasurement[]): readonly Outcome<Measurement>[] {
  const groups = groupBy(coded, ({ measurement: { variable, at, precision } }) => `${variable}|${at}|${precision}`);
  return [...groups.values()].flatMap((group) =>
    group.length === 1 ? group.map(({ measurement }) => ({ kept: measurement })) : settle(group),
  );
}

function settle(group: readonly CodedMeasurement[]): readonly Outcome<Measurement>[] {
  const seen = new Set<string>();
  return group.map(({ measurement, loinc, name }) => {
    if (group.some((other) => contradicts(other, measurement, loinc)))
      return refuse(measurement.source, 'conflicting-values', `(${name})`);
    const value = `${measurement.comparator ?? ''}${measurement.value}`;
    if (seen.has(value)) return refuse(measurement.source, 'duplicate');
    seen.add(value);
    return { kept: measurement };
  });
}

/** A date without a time leaves room for two values; a second does not. */
function contradicts(other: CodedMeasurement, { value, comparator, precision }: Measurement, loinc: string): boolean {
  if (precision !== 'second' || other.loinc !== loinc) return false;
  return other.measurement.value !== value || other.measurement.comparator !== comparator;
}
