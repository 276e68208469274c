/** The part of a hook's context from which tokens are filled (first-level primitive fields; interop PF-02). */
export type PrefetchContext = Readonly<Record<string, unknown>>;

/**
 * Answers one FHIR query, relative to the base of the server ("Observation?patient=p1").
 *
 * Resolves to a resource or a searchset Bundle, to null when there is no such resource; rejects when it failed.
 */
export type FhirFetch = (query: string) => Promise<unknown>;

/** What `{{user…Id}}` stands for: the id of the context's user, when the user is of this type (CDS Hooks 2.0.1). */
const USER_TOKENS: Readonly<Record<string, string>> = {
  userPractitionerId: 'Practitioner',
  userPractitionerRoleId: 'PractitionerRole',
  userPatientId: 'Patient',
  userRelatedPersonId: 'RelatedPerson',
};

const TOKEN = /\{\{([^{}]*)\}\}/g;
/** A FHIR id, or a relative reference (R4 datatypes: id): nothing that could change the query around it. */
const SAFE_VALUE = /^(?:[A-Z][A-Za-z]+\/)?[A-Za-z0-9\-.]{1,64}$/;

/**
 * Fills the tokens of a prefetch template (CDS Hooks 2.0.1, Prefetch tokens; interop PF-01).
 *
 * Returns undefined when a token has no value, or one that is no FHIR id or reference: then the key is not honoured.
 */
export function fillTemplate(template: string, context: PrefetchContext): string | undefined {
  const tokens = tokensOf(template);
  if (!tokens.every((token) => SAFE_VALUE.test(valueOf(token, context) ?? ''))) return undefined;
  return template.replace(TOKEN, (_, token: string) => valueOf(token.trim(), context) ?? '');
}

function tokensOf(template: string): readonly string[] {
  return [...template.matchAll(TOKEN)].map(([, token = '']) => token.trim());
}

function valueOf(token: string, context: PrefetchContext): string | undefined {
  const userType = USER_TOKENS[token];
  if (userType !== undefined) return userIdOf(context.userId, userType);
  if (!token.startsWith('context.')) return undefined;
  const field = token.slice('context.'.length);
  const value = Object.hasOwn(context, field) ? context[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function userIdOf(userId: unknown, type: string): string | undefined {
  return typeof userId === 'string' && userId.startsWith(`${type}/`) ? userId.slice(type.length + 1) : undefined;
}

/**
 * Gathers a service's prefetch as a CDS client does, and as a service does when a key did not come (interop PF-14).
 *
 * A key whose template cannot be filled or whose query failed is left out; a key without data is null (CDS Hooks
 * 2.0.1, Prefetch). Equal queries are sent once.
 */
export async function resolvePrefetch(
  templates: Readonly<Record<string, string>>,
  context: PrefetchContext,
  fetch: FhirFetch,
): Promise<Record<string, unknown>> {
  const answers = new Map<string, Promise<unknown>>();
  const askOnce = (query: string): Promise<unknown> => {
    const answer = answers.get(query) ?? fetch(query);
    answers.set(query, answer);
    return answer;
  };
  const resolved = await Promise.all(
    Object.entries(templates).map(async ([key, template]) => {
      const query = fillTemplate(template, context);
      return query === undefined ? [] : ask(key, askOnce(query));
    }),
  );
  return Object.fromEntries(resolved.flat());
}

async function ask(key: string, answer: Promise<unknown>): Promise<readonly [string, unknown][]> {
  try {
    return [[key, (await answer) ?? null]];
  } catch {
    return [];
  }
}

/** The search parameters of the restricted subset that every client can be asked for (interop PF-03), by kind. */
const DATE_VALUE = /^(?:eq|lt|gt|ge|le)?\d{4}(?:-\d{2}(?:-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;
const PARAMETER_RULES: readonly { readonly names: RegExp; readonly value: RegExp; readonly says: string }[] = [
  { names: /^(?:patient|subject)$/, value: /^\{\{context\.patientId\}\}$/, says: 'must be {{context.patientId}}' },
  { names: /^(?:[a-z-]*date|authoredon|period)$/, value: DATE_VALUE, says: 'must be a date with eq, lt, gt, ge or le' },
  { names: /^_count$/, value: /^[1-9]\d*$/, says: 'must be a positive number' },
  { names: /^_sort$/, value: /^-?[a-z-]+$/, says: 'must name one parameter (_sort=-date; PF-05)' },
  { names: /^_(?!id$)/, value: /^(?!)/, says: 'is outside the prefetch subset' },
  { names: /^[a-z_-]+(?::in)?$/, value: /^[^\s&=]+$/, says: 'must be a token' },
];

const READ = /^[A-Z][A-Za-z]+\/\{\{[A-Za-z.]+\}\}$/;
const SEARCH = /^[A-Z][A-Za-z]+\?(.+)$/;

/** Names what in a template lies outside the query subset of CDS Hooks 2.0.1 (interop PF-01 to PF-05); empty when all is well. */
export function findTemplateFaults(template: string): readonly string[] {
  const unknownTokens = tokensOf(template).filter(
    (token) => !/^context\.[A-Za-z]+$/.test(token) && USER_TOKENS[token] === undefined,
  );
  const faults = unknownTokens.map((token) => `{{${token}}} is no prefetch token`);
  if (READ.test(template)) return faults;
  const query = SEARCH.exec(template)?.[1];
  if (query === undefined) return [...faults, 'is neither a read nor a search of one type'];
  return [...faults, ...query.split('&').flatMap(findParameterFaults)];
}

function findParameterFaults(parameter: string): readonly string[] {
  const equals = parameter.indexOf('=');
  const name = equals < 0 ? parameter : parameter.slice(0, equals);
  const rule = PARAMETER_RULES.find((row) => row.names.test(name));
  if (rule === undefined) return [`${name} is outside the prefetch subset`];
  return equals >= 0 && rule.value.test(parameter.slice(equals + 1)) ? [] : [`${name} ${rule.says}`];
}
