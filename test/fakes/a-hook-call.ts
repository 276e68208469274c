import { addDays, instant, toIso, type Instant } from '../../src/core/time.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The moment at which invented calls arrive. */
export const CALL_TIME: Instant = instant(Date.UTC(2026, 5, 15, 9));

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const SNOMED = 'http://snomed.info/sct';

/** A laboratory value or vital sign of the invented patient. */
export function aResult(code: string, value: number, unit: string, daysAgo = 7): Json {
  return {
    resourceType: 'Observation',
    id: `o-${code}-${daysAgo}`,
    status: 'final',
    code: { coding: [{ system: LOINC, code }] },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: toIso(addDays(CALL_TIME, -daysAgo)),
    valueQuantity: { value, unit, system: UCUM, code: unit },
  };
}

/** An order for a drug by its RxNorm ingredient, in mg once a day. */
export function anOrder(id: string, rxcui: string, text: string, dose: number, change: Json = {}): Json {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { coding: [{ system: RXNORM, code: rxcui }], text },
    subject: { reference: 'Patient/p1' },
    authoredOn: '2026-03-02',
    dosageInstruction: [
      {
        text: `${dose} mg once daily`,
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: dose, unit: 'mg', system: UCUM, code: 'mg' } }],
      },
    ],
    ...change,
  };
}

/** Spironolactone that is about to be signed. RxNorm 9997. */
export function draftSpironolactone(dose = 25, change: Json = {}): Json {
  return anOrder('draft-1', '9997', 'Spironolactone', dose, { status: 'draft', authoredOn: '2026-06-15', ...change });
}

/** Lisinopril that is about to be signed. RxNorm 29046. */
export function draftLisinopril(dose = 10, change: Json = {}): Json {
  return anOrder('draft-2', '29046', 'Lisinopril', dose, { status: 'draft', authoredOn: '2026-06-15', ...change });
}

/** A condition of the invented patient, by SNOMED CT. */
export function aCondition(code: string, display: string): Json {
  return {
    resourceType: 'Condition',
    id: `c-${code}`,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    code: { coding: [{ system: SNOMED, code, display }] },
    subject: { reference: 'Patient/p1' },
  };
}

/** A searchset as a server answers it. */
export function aSearchset(...resources: readonly Json[]): Json {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: resources.length,
    ...(resources.length === 0
      ? {}
      : { entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })) }),
  };
}

/** What the client gathered: a woman of 71 with heart failure on lisinopril, potassium 4.4 and eGFR about 60 a week ago. */
export function aPrefetch(change: Json = {}): Json {
  return {
    patient: { resourceType: 'Patient', id: 'p1', gender: 'female', birthDate: '1955-03-09' },
    laboratory: aSearchset(
      aResult('2823-3', 4.4, 'mmol/L'),
      aResult('2160-0', 1.0, 'mg/dL'),
      aResult('2823-3', 4.3, 'mmol/L', 90),
      aResult('2160-0', 0.95, 'mg/dL', 90),
    ),
    vitals: aSearchset(aResult('8480-6', 128, 'mm[Hg]'), aResult('8867-4', 74, '/min'), aResult('29463-7', 78, 'kg')),
    medications: aSearchset(anOrder('m1', '29046', 'Lisinopril', 10)),
    statements: aSearchset(),
    conditions: aSearchset(aCondition('84114007', 'Heart failure')),
    allergies: null,
    ...change,
  };
}

let instances = 0;

/** A new hookInstance. */
export function aHookInstance(): string {
  instances += 1;
  return `d1577c69-dfbe-44ad-ba6d-${instances.toString(16).padStart(12, '0')}`;
}

/** A call of `order-sign` with spironolactone to sign. */
export function anOrderSign(
  change: { readonly drafts?: readonly Json[]; readonly prefetch?: unknown } & Json = {},
): Json {
  const { drafts = [draftSpironolactone()], prefetch = aPrefetch(), ...rest } = change;
  return {
    hook: 'order-sign',
    hookInstance: aHookInstance(),
    context: {
      userId: 'Practitioner/u1',
      patientId: 'p1',
      draftOrders: { resourceType: 'Bundle', type: 'collection', entry: drafts.map((resource) => ({ resource })) },
    },
    prefetch,
    ...rest,
  };
}

/** A call of `patient-view`. */
export function aPatientView(change: Json = {}): Json {
  return {
    hook: 'patient-view',
    hookInstance: aHookInstance(),
    context: { userId: 'Practitioner/u1', patientId: 'p1' },
    prefetch: aPrefetch(),
    ...change,
  };
}
