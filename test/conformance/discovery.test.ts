import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTemplateFaults } from '../../src/web/prefetch.ts';
import { startCdsServer, type CdsServer } from '../fakes/a-cds-server.ts';
import type { Json } from '../fakes/a-hook-call.ts';

let server: CdsServer;
let services: readonly Json[];

beforeAll(async () => {
  server = await startCdsServer();
  services = (await server.get('/cds-services')).body.services as readonly Json[];
});
afterAll(() => server.close());

describe('CDS Hooks discovery', () => {
  test('DISC-01: GET /cds-services answers 200 with JSON', async () => {
    const { status, headers } = await server.get('/cds-services');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('DISC-02: the body is an object with a services array', () => {
    expect(services.map(({ id }) => id)).toEqual(['sextant-order-sign', 'sextant-patient-view']);
  });

  test.each(['hook', 'id', 'title', 'description', 'usageRequirements'])(
    'DISC-03, DISC-04, DISC-07: every service has a %s that is not empty',
    (field) => {
      expect(services.every((service) => typeof service[field] === 'string' && service[field] !== '')).toBe(true);
    },
  );

  test('DISC-05: descriptions are safe as plain text', () => {
    expect(services.every(({ description }) => !/[<>*_#`[\]]/.test(String(description)))).toBe(true);
  });

  test('DISC-06, PF-01 to PF-05: every prefetch query keeps to the subset that every client can answer', () => {
    const templates = services.flatMap(({ prefetch }) => Object.values(prefetch as Record<string, string>));
    expect(templates.length).toBeGreaterThan(0);
    expect(templates.flatMap(findTemplateFaults)).toEqual([]);
  });

  test('PF-04: codes are asked for with their system', () => {
    const { laboratory } = services[0]?.prefetch as Record<string, string>;
    const codes = new URLSearchParams(laboratory?.split('?')[1]).get('code')?.split(',') ?? [];
    expect(codes).toContain('http://loinc.org|2823-3');
    expect(codes.every((code) => code.startsWith('http://loinc.org|'))).toBe(true);
  });

  test('what no card speaks of is asked for apart, so that it pushes no potassium out of the newest results', () => {
    const { laboratory, vitals, background } = services[0]?.prefetch as Record<string, string>;
    expect(laboratory).not.toMatch(/8462-4|13457-7|1558-6/);
    expect(vitals).toContain('http://loinc.org|8462-4');
    expect(background).toMatch(/13457-7.*33762-6/);
    expect(background).not.toContain('2823-3');
  });

  test('DISC-08, DISC-09: versions are those of the published specification and hooks', () => {
    expect(services.map(({ version, hookVersion }) => [version, hookVersion])).toEqual([
      ['2.0.1', '1.0'],
      ['2.0.1', '1.0'],
    ]);
  });

  test('DISC-10: services of different hooks have different ids', () => {
    expect(new Set(services.map(({ id }) => id)).size).toBe(services.length);
  });

  test('DISC-12: discovery answers with a token as without', async () => {
    expect((await server.get('/cds-services', { authorization: 'Bearer x.y.z' })).status).toBe(200);
  });

  test('DISC-13: the registration sheet names endpoint, feedback and every prefetch row', async () => {
    const { text } = await server.get('/registration');
    for (const { id, prefetch } of services) {
      expect(text).toContain(`${server.url}/cds-services/${String(id)}\n`);
      expect(text).toContain(`/cds-services/${String(id)}/feedback`);
      for (const key of Object.keys(prefetch as Json)) expect(text).toContain(`| ${key} |`);
    }
  });
});
