import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the fake service received. */
export interface Received {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** A CDS service whose answers a test decides; it keeps all that it received. */
export interface FakeCdsService {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** What the fake says. */
export interface FakeAnswers {
  readonly services: readonly object[];
  readonly status?: number;
  readonly answer: (body: Record<string, unknown>) => unknown;
}

/** Starts a fake CDS service on a free loopback port. */
export async function startFakeCdsService({ services, status = 200, answer }: FakeAnswers): Promise<FakeCdsService> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path === '/cds-services') {
        response.end(JSON.stringify({ services }));
        return;
      }
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
      received.push({ path, body });
      response.statusCode = path.endsWith('/feedback') ? 200 : status;
      response.end(JSON.stringify(path.endsWith('/feedback') ? {} : answer(body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const REASONS = 'urn:example:override-reasons';

/** A warning about potassium, with a lower dose and a monitoring order as suggestions. */
export function aPotassiumCard(draft: Record<string, unknown>): object {
  const dose = { value: 12.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' };
  const lower = {
    ...draft,
    medicationCodeableConcept: { text: 'spironolactone 12.5 mg oral tablet' },
    dosageInstruction: [{ text: '12.5 mg once daily', doseAndRate: [{ doseQuantity: dose }] }],
  };
  const subject = draft.subject;
  return {
    uuid: 'card-1',
    summary: 'Spironolactone 25 mg: 23 of 100 patients like this one reach potassium above 5.5 mmol/L by week 12',
    indicator: 'warning',
    detail: [
      '| Option | K⁺ week 4 | eGFR week 12 | SBP week 12 | K⁺ above 5.5 |',
      '|---|---|---|---|---|',
      '| **Spironolactone 25 mg (this order)** | 5.3 (4.8–5.9) | 49 (40–58) | 119 (104–134) | 23 of 100 |',
      '| Spironolactone 12.5 mg | 5.2 (4.7–5.7) | 51 (42–60) | 121 (106–136) | 14 of 100 |',
      '| No change | 5.1 (4.6–5.6) | 54 (45–63) | 125 (110–140) | 8 of 100 |',
      '',
      '**Why:** aldosterone blockade lowers renal potassium excretion.',
      '',
      '**Check:** potassium and creatinine in week 1 and week 4.',
    ].join('\n'),
    source: {
      label: 'An invented service',
      url: 'https://example.org/',
      topic: { code: 'potassium', system: 'urn:x' },
    },
    suggestions: [
      {
        label: 'Use 12.5 mg instead',
        uuid: 'suggestion-lower',
        isRecommended: true,
        actions: [{ type: 'update', description: 'Lower the dose', resource: lower }],
      },
      {
        label: 'Add a metabolic panel in week 1',
        uuid: 'suggestion-panel',
        actions: [
          {
            type: 'create',
            description: 'Order the panel',
            resource: {
              resourceType: 'ServiceRequest',
              status: 'draft',
              intent: 'order',
              code: { text: 'Panel' },
              subject,
            },
          },
        ],
      },
    ],
    selectionBehavior: 'any',
    overrideReasons: [
      { code: 'will-monitor', system: REASONS, display: 'Benefit outweighs risk; will monitor' },
      { code: 'value-outdated', system: REASONS, display: 'The values are out of date' },
    ],
  };
}

/** The services that a fake offers for both hooks. */
export const TWO_SERVICES: readonly object[] = [
  {
    id: 'sign',
    hook: 'order-sign',
    description: 'looks at drafts',
    prefetch: {
      patient: 'Patient/{{context.patientId}}',
      potassium: 'Observation?patient={{context.patientId}}&code=http://loinc.org|2823-3&_sort=-date&_count=3',
      medications: 'MedicationRequest?patient={{context.patientId}}&status=active',
      unserved: 'Immunization?patient={{context.patientId}}',
    },
  },
  { id: 'view', hook: 'patient-view', description: 'looks at the chart' },
];
