import { capabilityStatement } from './capability-statement.ts';
import { planSearch, SEARCH_PARAMETERS, SearchFault } from './fhir-search.ts';
import type { FhirStore, StoredResource } from './fhir-store.ts';

/** What a FHIR request is answered with, before any web framework. */
export interface FhirAnswer {
  readonly status: number;
  readonly body: object;
}

/** Resources a page when the client does not say; the most that it may ask for. */
const PAGE = { usual: 200, most: 1000 } as const;

/**
 * Answers a GET of the FHIR R4 API: `metadata`, a read, or a search of one type.
 *
 * @param query path and search relative to `base`, for example "Observation?patient=p1&_count=5"
 */
export function answerFhir(store: FhirStore, base: string, query: string): FhirAnswer {
  if (!URL.canParse(query, 'http://sandbox.invalid/')) return refuse(400, 'invalid', 'this is no address');
  const url = new URL(query, 'http://sandbox.invalid/');
  const [type = '', id, ...rest] = url.pathname.slice(1).split('/');
  if (type === 'metadata' && id === undefined) return { status: 200, body: capabilityStatement(base) };
  if (!Object.hasOwn(SEARCH_PARAMETERS, type))
    return refuse(404, 'not-supported', `${type || 'This'} is not served here`);
  if (rest.length > 0) return refuse(404, 'not-supported', 'only reads and searches of one type are served here');
  return id === undefined ? search(store, base, type, url.searchParams) : read(store, type, id);
}

function read(store: FhirStore, type: string, id: string): FhirAnswer {
  const resource = store.read(type, id);
  return resource === undefined
    ? refuse(404, 'not-found', `there is no ${type} with this id`)
    : { status: 200, body: resource };
}

function search(store: FhirStore, base: string, type: string, parameters: URLSearchParams): FhirAnswer {
  try {
    const count = Math.min(numberOf(parameters, '_count', PAGE.usual), PAGE.most);
    const offset = numberOf(parameters, '_offset', 0);
    const filters = [...parameters].filter(([name]) => name !== '_count' && name !== '_offset');
    const { matches, order } = planSearch(type, filters);
    const found = store.all(type).filter(matches);
    const sorted = order === undefined ? found : found.toSorted(order);
    return { status: 200, body: searchset({ base, type, parameters, found: sorted, count, offset }) };
  } catch (fault) {
    if (fault instanceof SearchFault) return refuse(400, fault.code, fault.message);
    throw fault;
  }
}

function numberOf(parameters: URLSearchParams, name: string, otherwise: number): number {
  const text = parameters.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,6}$/.test(text)) throw new SearchFault('invalid', `${name} is no number`);
  return Number(text);
}

interface Page {
  readonly base: string;
  readonly type: string;
  readonly parameters: URLSearchParams;
  readonly found: readonly StoredResource[];
  readonly count: number;
  readonly offset: number;
}

/** A page of a searchset; an empty one has no `entry`, since FHIR JSON has no empty arrays. */
function searchset({ base, type, parameters, found, count, offset }: Page): object {
  const page = found.slice(offset, offset + count);
  const next = count > 0 && offset + count < found.length ? [linkTo('next', offset + count)] : [];
  const entry = page.map((resource) => ({
    fullUrl: `${base}/${type}/${resource.id}`,
    resource,
    search: { mode: 'match' },
  }));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: [linkTo('self', offset), ...next],
    ...(entry.length === 0 ? {} : { entry }),
  };

  function linkTo(relation: 'self' | 'next', from: number): object {
    const linked = new URLSearchParams(parameters);
    if (from > 0) linked.set('_offset', String(from));
    const text = linked.toString();
    return { relation, url: text === '' ? `${base}/${type}` : `${base}/${type}?${text}` };
  }
}

/** An OperationOutcome that names what was asked for by type and parameter, never by value. */
export function refuse(status: number, code: string, diagnostics: string): FhirAnswer {
  return { status, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] } };
}
