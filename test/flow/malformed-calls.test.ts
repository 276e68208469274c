import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkResponse } from '../conformance/check-response.ts';
import { startCdsServer, type CdsServer } from '../fakes/a-cds-server.ts';
import { cardioRenalMetabolic } from '../../src/systems/cardio-renal-metabolic/system.ts';
import { lostWorldModel } from '../fakes/linear-world-model.ts';
import { aHookInstance, anOrderSign, type Json } from '../fakes/a-hook-call.ts';

// Without a model a call takes a millisecond, so many can be tried; a few are tried with one.
let server: CdsServer;
let forecasting: CdsServer;
beforeAll(async () => {
  server = await startCdsServer({ model: lostWorldModel(cardioRenalMetabolic) });
  forecasting = await startCdsServer();
});
afterAll(async () => {
  await server.close();
  await forecasting.close();
});

type Path = readonly (string | number)[];

/** Every place in a JSON value. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key]))];
}

/** The value with something else in one place; undefined takes the place out. */
function withAt(value: unknown, path: Path, other: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return other;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const slots = copy as Record<string | number, unknown>;
  slots[key] = withAt(slots[key], rest, other);
  return copy;
}

const PATHS = pathsOf(anOrderSign());
const OTHERS = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    [],
    {},
    0,
    -1e308,
    true,
    'Patient/p2',
    'not-a-date',
    '\u0000',
    '__proto__',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

function everyAnswerHolds(service: CdsServer, numRuns: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.constantFrom(...PATHS), OTHERS, async (path, other) => {
      const call = withAt({ ...anOrderSign(), hookInstance: aHookInstance() }, path, other) as Json | undefined;
      const { status, text, body } = await service.post('/cds-services/sextant-order-sign', call ?? '');
      expect([200, 400, 412]).toContain(status);
      expect(text).not.toMatch(/ at .*\.ts/);
      if (status === 200) expect(checkResponse(text, JSON.parse(JSON.stringify(call)) as Json)).toEqual([]);
      else expect(body.resourceType).toBe('OperationOutcome');
    }),
    { numRuns, seed: 20_260_615 },
  );
}

test('whatever stands in one place of a call, the answer conforms or is an OperationOutcome', async () => {
  await everyAnswerHolds(server, 300);
}, 60_000);

test('the same holds when forecasts are made', async () => {
  await everyAnswerHolds(forecasting, 20);
}, 60_000);
