import { parseMoment, type Moment } from '../../src/core/time.ts';
import type { StoredResource } from './fhir-store.ts';

/** A search that this server does not understand; `code` is a FHIR issue type (http://hl7.org/fhir/issue-type). */
export class SearchFault extends Error {
  readonly code: 'not-supported' | 'invalid';

  constructor(code: SearchFault['code'], message: string) {
    super(message);
    this.name = 'SearchFault';
    this.code = code;
  }
}

type Kind = 'reference' | 'token' | 'date';

/** One search parameter: how it is compared, and which elements it reads (R4 search, parameter types). */
interface SearchParameter {
  readonly kind: Kind;
  readonly elements: readonly string[];
}

const OF_PATIENT: SearchParameter = { kind: 'reference', elements: ['subject', 'patient'] };
const CODE: SearchParameter = { kind: 'token', elements: ['code'] };
const STATUS: SearchParameter = { kind: 'token', elements: ['status'] };
const CATEGORY: SearchParameter = { kind: 'token', elements: ['category'] };
const ID: SearchParameter = { kind: 'token', elements: ['id'] };
const MEDICATION: SearchParameter = { kind: 'token', elements: ['medicationCodeableConcept'] };
const EFFECTIVE: SearchParameter = {
  kind: 'date',
  elements: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant'],
};
const ABOUT_PATIENT = { _id: ID, patient: OF_PATIENT, subject: OF_PATIENT };

/** The resource types of this server, and the parameters by which each can be searched. */
export const SEARCH_PARAMETERS: Readonly<Record<string, Readonly<Record<string, SearchParameter>>>> = {
  Patient: { _id: ID, identifier: { kind: 'token', elements: ['identifier'] } },
  Practitioner: { _id: ID },
  Encounter: { ...ABOUT_PATIENT, status: STATUS, date: { kind: 'date', elements: ['period'] } },
  Observation: { ...ABOUT_PATIENT, code: CODE, category: CATEGORY, status: STATUS, date: EFFECTIVE },
  Condition: {
    ...ABOUT_PATIENT,
    code: CODE,
    category: CATEGORY,
    'clinical-status': { kind: 'token', elements: ['clinicalStatus'] },
    'onset-date': { kind: 'date', elements: ['onsetDateTime', 'onsetPeriod'] },
    'recorded-date': { kind: 'date', elements: ['recordedDate'] },
  },
  AllergyIntolerance: {
    ...ABOUT_PATIENT,
    code: CODE,
    category: CATEGORY,
    'clinical-status': { kind: 'token', elements: ['clinicalStatus'] },
    date: { kind: 'date', elements: ['recordedDate'] },
  },
  MedicationRequest: {
    ...ABOUT_PATIENT,
    code: MEDICATION,
    status: STATUS,
    intent: { kind: 'token', elements: ['intent'] },
    authoredon: { kind: 'date', elements: ['authoredOn'] },
  },
  MedicationStatement: { ...ABOUT_PATIENT, code: MEDICATION, status: STATUS, effective: EFFECTIVE },
  MedicationAdministration: { ...ABOUT_PATIENT, code: MEDICATION, status: STATUS, 'effective-time': EFFECTIVE },
  MedicationDispense: {
    ...ABOUT_PATIENT,
    code: MEDICATION,
    status: STATUS,
    whenhandedover: { kind: 'date', elements: ['whenHandedOver'] },
  },
  ServiceRequest: {
    ...ABOUT_PATIENT,
    code: CODE,
    status: STATUS,
    authored: { kind: 'date', elements: ['authoredOn'] },
  },
};

type Test = (resource: StoredResource) => boolean;
type Order = (a: StoredResource, b: StoredResource) => number;

/** A search that has been understood: which resources it finds, in which order. */
export interface SearchPlan {
  readonly matches: Test;
  readonly order: Order | undefined;
}

/**
 * Reads the filters and the order of a search; paging (`_count`, `_offset`) is the caller's.
 *
 * Repeated parameters are AND, comma lists OR (R4 search, Multiple Values).
 *
 * @throws SearchFault for an unknown type, parameter, modifier or value: a filter that is ignored would return wrong data.
 */
export function planSearch(type: string, parameters: readonly (readonly [string, string])[]): SearchPlan {
  const known = SEARCH_PARAMETERS[type];
  if (known === undefined) throw new SearchFault('not-supported', `${type} is not served here`);
  const tests: Test[] = [];
  let order: Order | undefined;
  for (const [name, value] of parameters) {
    if (name === '_sort') order = orderBy(type, known, value);
    else tests.push(testFor(parameterOf(type, known, name), name, value));
  }
  return { matches: (resource) => tests.every((test) => test(resource)), order };
}

function parameterOf(type: string, known: Readonly<Record<string, SearchParameter>>, name: string): SearchParameter {
  const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
  if (parameter !== undefined) return parameter;
  throw new SearchFault(
    'not-supported',
    `${type} cannot be searched by "${name}"; by ${Object.keys(known).join(', ')}`,
  );
}

function testFor(parameter: SearchParameter, name: string, value: string): Test {
  if (value === '') throw new SearchFault('invalid', `${name} has no value`);
  const tests = value.split(',').map((part) => TESTS[parameter.kind](name, part));
  return (resource) => {
    const elements = elementsOf(parameter, resource);
    return tests.some((test) => elements.some(test));
  };
}

function elementsOf(parameter: SearchParameter, resource: StoredResource): readonly unknown[] {
  return parameter.elements.flatMap((name) => resource[name] ?? []);
}

/** What a parameter's value asks of one element, by kind. */
const TESTS: Readonly<Record<Kind, (name: string, value: string) => (element: unknown) => boolean>> = {
  reference: (_, value) => {
    const reference = value.includes('/') ? value : `Patient/${value}`;
    return (element) => (element as { reference?: string }).reference === reference;
  },
  token: (_, value) => {
    const bar = value.indexOf('|');
    const system = bar < 0 ? undefined : value.slice(0, bar);
    const code = value.slice(bar + 1);
    return (element) =>
      tokensOf(element).some(
        (token) => (system === undefined || (token.system ?? '') === system) && (code === '' || token.code === code),
      );
  },
  date: (name, value) => {
    const [, prefix = 'eq', text = ''] = /^(eq|lt|gt|le|ge|sa|eb)?(.*)$/.exec(value) ?? [];
    const wanted = parseMoment(text);
    const compare = COMPARISONS[prefix];
    if (wanted === undefined || compare === undefined) throw new SearchFault('invalid', `${name} is no FHIR date`);
    return (element) => {
      const found = spanOf(element);
      return found !== undefined && compare(found, wanted);
    };
  },
};

interface Token {
  readonly system?: string;
  readonly code?: string;
}

/** A code, Coding, Identifier or CodeableConcept as tokens (R4 search, token). */
function tokensOf(element: unknown): readonly Token[] {
  if (typeof element === 'string') return [{ code: element }];
  if (typeof element !== 'object' || element === null) return [];
  const { coding, system, code, value } = element as Readonly<Record<string, unknown>>;
  if (Array.isArray(coding)) return coding as Token[];
  return [{ system, code: code ?? value } as Token];
}

type Span = Pick<Moment, 'earliest' | 'latest'>;

function spanOf(element: unknown): Span | undefined {
  if (typeof element === 'string') return parseMoment(element);
  const { start, end } = element as { readonly start?: string; readonly end?: string };
  const from = start === undefined ? undefined : parseMoment(start);
  const to = end === undefined ? undefined : parseMoment(end);
  if (from === undefined && to === undefined) return undefined;
  return {
    earliest: from?.earliest ?? (Number.NEGATIVE_INFINITY as Moment['earliest']),
    latest: to?.latest ?? (Number.POSITIVE_INFINITY as Moment['latest']),
  };
}

const isInside = (found: Span, wanted: Span): boolean =>
  found.earliest >= wanted.earliest && found.latest <= wanted.latest;
const reachesAbove = (found: Span, wanted: Span): boolean => found.latest > wanted.latest;
const reachesBelow = (found: Span, wanted: Span): boolean => found.earliest < wanted.earliest;

/** The date prefixes (R4 search, Prefixes). */
const COMPARISONS: Readonly<Record<string, (found: Span, wanted: Span) => boolean>> = {
  eq: isInside,
  gt: reachesAbove,
  lt: reachesBelow,
  ge: (found, wanted) => reachesAbove(found, wanted) || isInside(found, wanted),
  le: (found, wanted) => reachesBelow(found, wanted) || isInside(found, wanted),
  sa: (found, wanted) => found.earliest > wanted.latest,
  eb: (found, wanted) => found.latest < wanted.earliest,
};

function orderBy(type: string, known: Readonly<Record<string, SearchParameter>>, value: string): Order {
  const keys = value.split(',').map((part) => {
    const descends = part.startsWith('-');
    return { parameter: parameterOf(type, known, descends ? part.slice(1) : part), sign: descends ? -1 : 1 };
  });
  return (a, b) => {
    for (const { parameter, sign } of keys) {
      const difference = compareKeys(sortKeyOf(parameter, a), sortKeyOf(parameter, b));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
}

function sortKeyOf(parameter: SearchParameter, resource: StoredResource): number | string {
  const [element] = elementsOf(parameter, resource);
  if (parameter.kind === 'date') return spanOf(element ?? {})?.earliest ?? Number.NEGATIVE_INFINITY;
  return tokensOf(element)[0]?.code ?? '';
}

function compareKeys(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
