import { expect, test } from 'vitest';
import { readConfig } from '../../../src/adapters/env-config.ts';

test('an empty environment gives a service for this machine alone', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4004, worldModel: 'learned', corsOrigins: [] });
});

test('a configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

test('all problems are reported together, by name', () => {
  const environment = { SEXTANT_PORT: 'many', SEXTANT_HOST: '0.0.0.0', SEXTANT_WORLD_MODEL: 'oracle' };
  expect(() => readConfig(environment)).toThrow(
    expect.objectContaining({
      code: 'config.invalid',
      details: [
        expect.stringMatching(/^SEXTANT_PORT: /) as string,
        expect.stringMatching(/^SEXTANT_HOST: .*not authenticated/) as string,
        expect.stringMatching(/^SEXTANT_WORLD_MODEL: /) as string,
      ],
    }) as Error,
  );
});

test.each(['0.0.0.0', '::', '192.168.1.7', 'sextant.hospital.example'])('%s is refused as a host', (host) => {
  expect(() => readConfig({ SEXTANT_HOST: host })).toThrow(/SEXTANT_HOST/);
});

test('origins are listed with commas', () => {
  const { corsOrigins } = readConfig({ SEXTANT_CORS_ORIGINS: 'http://localhost:8080, https://sandbox.cds-hooks.org' });
  expect(corsOrigins).toEqual(['http://localhost:8080', 'https://sandbox.cds-hooks.org']);
});

test.each(['*', 'localhost:8080', 'http://localhost/path'])('%s is refused as an origin', (origin) => {
  expect(() => readConfig({ SEXTANT_CORS_ORIGINS: origin })).toThrow(/SEXTANT_CORS_ORIGINS/);
});
