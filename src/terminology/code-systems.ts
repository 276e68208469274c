/** A FHIR Coding, as far as the house reads it. */
export interface Coding {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}

/** The code systems that the house understands. */
export type CodeSystem = 'loinc' | 'snomed' | 'icd10' | 'icd9' | 'rxnorm' | 'ndc';

/**
 * The identifiers of each code system: its FHIR URI (R4 §4.3.0, terminologies-systems) and its OID.
 *
 * ICD-10 of the WHO is read like ICD-10-CM: the house asks for categories and subcategories that both share.
 */
const IDENTIFIERS: ReadonlyMap<string, CodeSystem> = new Map(
  Object.entries({
    'http://loinc.org': 'loinc',
    'https://loinc.org': 'loinc',
    'urn:oid:2.16.840.1.113883.6.1': 'loinc',
    'http://snomed.info/sct': 'snomed',
    'https://snomed.info/sct': 'snomed',
    'urn:oid:2.16.840.1.113883.6.96': 'snomed',
    'http://hl7.org/fhir/sid/icd-10-cm': 'icd10',
    'http://hl7.org/fhir/sid/icd-10': 'icd10',
    'urn:oid:2.16.840.1.113883.6.90': 'icd10',
    'urn:oid:2.16.840.1.113883.6.3': 'icd10',
    'http://hl7.org/fhir/sid/icd-9-cm': 'icd9',
    'http://hl7.org/fhir/sid/icd-9-cm/diagnosis': 'icd9',
    'urn:oid:2.16.840.1.113883.6.103': 'icd9',
    'http://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
    'https://www.nlm.nih.gov/research/umls/rxnorm': 'rxnorm',
    'urn:oid:2.16.840.1.113883.6.88': 'rxnorm',
    'http://hl7.org/fhir/sid/ndc': 'ndc',
    'urn:oid:2.16.840.1.113883.6.69': 'ndc',
  } as const),
);

/** Hospitals republish a system under a URI of their own; the last word of the path names it. */
const SPELLINGS: readonly (readonly [pattern: RegExp, system: CodeSystem])[] = [
  [/(?:^|[/:_-])loinc$/, 'loinc'],
  [/(?:^|[/:_-])snomed(?:-?ct)?$/, 'snomed'],
  [/(?:^|[/:_-])icd-?10(?:-?cm)?$/, 'icd10'],
  [/(?:^|[/:_-])icd-?9(?:-?cm)?$/, 'icd9'],
  [/(?:^|[/:_-])rxnorm$/, 'rxnorm'],
  [/(?:^|[/:_-])ndc$/, 'ndc'],
];

const known = new Map<string, CodeSystem | undefined>();

/**
 * Says which code system a URI names: the official URI or OID, a version of it (`…/sct/731000124108`), or a hospital's
 * own URI that ends in the system's name, for example `…/mimic-diagnosis-icd9`. Procedure codes are not diagnoses.
 */
export function codeSystemOf(uri: string | undefined): CodeSystem | undefined {
  if (uri === undefined) return undefined;
  // URIs arrive from outside; a bound keeps hostile input from filling the memory.
  if (known.size >= 10_000) known.clear();
  if (!known.has(uri)) known.set(uri, readSystem(uri.trim().toLowerCase().replace(/[/|]$/, '')));
  return known.get(uri);
}

function readSystem(uri: string): CodeSystem | undefined {
  const exact = IDENTIFIERS.get(uri) ?? IDENTIFIERS.get(`urn:oid:${uri}`);
  if (exact !== undefined) return exact;
  if (uri.startsWith('http://snomed.info/sct/')) return 'snomed';
  if (/pcs|procedure/.test(uri)) return undefined;
  return SPELLINGS.find(([pattern]) => pattern.test(uri))?.[1];
}

/** The codes of one system among codings, in their order, trimmed. */
export function codesOf(codings: readonly Coding[], system: CodeSystem): readonly string[] {
  return codings.flatMap((coding) =>
    coding.code !== undefined && codeSystemOf(coding.system) === system ? [coding.code.trim()] : [],
  );
}
