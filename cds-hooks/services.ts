import type { System, Variable } from '../src/domain/system.ts';

/**
 * The parts of a record that prefetch keys fill (`PatientRecord.availability`), and the patient. `background` is what no rule
 * asks for: left out or failed, nothing goes unscreened.
 */
export type RecordPart = 'patient' | 'background' | 'observations' | 'medications' | 'conditions' | 'allergies';

/** One prefetch key of a service. */
export interface PrefetchKey {
  readonly query: string;
  readonly part: RecordPart;
  /** Without it the service answers 412. */
  readonly required: boolean;
}

/** One CDS service: all that is known of it. A new hook is a new row. */
export interface Service {
  readonly id: string;
  readonly hook: 'order-sign' | 'patient-view';
  readonly hookVersion: string;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements: string;
  /** What is looked at: the orders about to be signed, or what the patient takes already. */
  readonly looksAt: 'draft-orders' | 'chart';
  readonly prefetch: Readonly<Record<string, PrefetchKey>>;
}

/** The version of CDS Hooks that the services speak (interop DISC-08). */
export const CDS_HOOKS_VERSION = '2.0.1';

const LOINC = 'http://loinc.org';
/** Blood-pressure panels, whose components hold the systolic and the diastolic value (FHIR R4 vital signs profile; LOINC 2.80). */
const BLOOD_PRESSURE_PANELS = ['85354-9', '55284-4', '35094-2'];
const VITAL_SIGNS = ['sbp', 'dbp', 'heart_rate', 'body_weight'];

const REQUIREMENTS =
  'FHIR R4. Everything is read from prefetch: the FHIR server is not called, so a key that is not sent ends in 412 ' +
  '(only "statements" and "background" may be left out). Loopback callers only: clients are not authenticated yet.';

/** The services that are offered for a system. */
export function servicesOf(system: System): readonly Service[] {
  const prefetch = prefetchOf(system);
  return [
    {
      id: 'sextant-order-sign',
      hook: 'order-sign',
      hookVersion: '1.0',
      title: 'Sextant: what this order will do',
      description:
        'Forecasts potassium, kidney function and blood pressure over 1, 4 and 12 weeks for a drafted heart-failure, ' +
        'kidney or diabetes drug, its alternatives and no change; names contraindications and what to check when.',
      usageRequirements: REQUIREMENTS,
      looksAt: 'draft-orders',
      prefetch,
    },
    {
      id: 'sextant-patient-view',
      hook: 'patient-view',
      hookVersion: '1.0',
      title: 'Sextant: urgent conflicts in the chart',
      description: 'Silent unless a running drug is contraindicated by what the chart says today.',
      usageRequirements: REQUIREMENTS,
      looksAt: 'chart',
      prefetch,
    },
  ];
}

// Queries keep to the subset that every client can answer (interop PF-01 to PF-05): no date arithmetic, so the newest
// come first and the count bounds them. Vital signs and laboratory are apart, so that hourly pressures of an inpatient do
// not push the last potassium out; nor do the lipids and the glucose of which cards do not speak.
function prefetchOf(system: System): Service['prefetch'] {
  const vitals = system.variables.filter((variable) => VITAL_SIGNS.includes(variable.id));
  const others = [...system.variables, ...system.inputs].filter((variable) => !VITAL_SIGNS.includes(variable.id));
  const laboratory = others.filter(({ isSilent }) => isSilent !== true);
  const background = others.filter(({ isSilent }) => isSilent === true);
  return {
    patient: { query: 'Patient/{{context.patientId}}', part: 'patient', required: true },
    laboratory: { query: observationQuery(codesOf(laboratory)), part: 'observations', required: true },
    vitals: {
      query: observationQuery([...codesOf(vitals), ...BLOOD_PRESSURE_PANELS]),
      part: 'observations',
      required: true,
    },
    // A client that was registered before it existed sends it not, and gets the same cards.
    background: { query: observationQuery(codesOf(background)), part: 'background', required: false },
    medications: {
      query: 'MedicationRequest?patient={{context.patientId}}&_sort=-authoredon&_count=200',
      part: 'medications',
      required: true,
    },
    // Not every server has statements (Epic has none in R4), and orders alone make a regimen.
    statements: {
      query: 'MedicationStatement?patient={{context.patientId}}&_count=200',
      part: 'medications',
      required: false,
    },
    conditions: { query: 'Condition?patient={{context.patientId}}&_count=200', part: 'conditions', required: true },
    allergies: {
      query: 'AllergyIntolerance?patient={{context.patientId}}&_count=100',
      part: 'allergies',
      required: true,
    },
  };
}

function codesOf(variables: readonly Variable[]): readonly string[] {
  return variables.flatMap((variable) => variable.loinc);
}

function observationQuery(codes: readonly string[]): string {
  const tokens = codes.map((code) => `${LOINC}|${code}`).join(',');
  return `Observation?patient={{context.patientId}}&code=${tokens}&_sort=-date&_count=200`;
}

/** The body of `GET /cds-services` (interop DISC-01 to DISC-09). */
export function discoveryOf(services: readonly Service[]): object {
  return {
    services: services.map(({ id, hook, hookVersion, title, description, usageRequirements, prefetch }) => ({
      id,
      hook,
      hookVersion,
      version: CDS_HOOKS_VERSION,
      title,
      description,
      usageRequirements,
      prefetch: Object.fromEntries(Object.entries(prefetch).map(([key, { query }]) => [key, query])),
    })),
  };
}
