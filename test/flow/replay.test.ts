import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCdsHooksServer } from '../../cds-hooks/server.ts';
import { readConfig, type Config } from '../../src/adapters/env-config.ts';
import { openLog } from '../../src/adapters/pino-log.ts';
import { runSextant } from '../../src/cli/sextant.ts';
import { instant } from '../../src/core/time.ts';
import { anOrderSign, aPrefetch, aResult, aSearchset, type Json } from '../fakes/a-hook-call.ts';

/*
 * The whole service as it is deployed: learned model, SQLite, key file, real clock. Dates of the call are of today.
 */

let dataFolder: string;
let config: Config;
let entryId: string;
let text: string;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'sextant-flow-'));
  vi.stubEnv('SEXTANT_DATA_FOLDER', dataFolder);
  vi.stubEnv('SEXTANT_PORT', '0');
  config = readConfig(process.env);
  const server = await startCdsHooksServer(config, openLog('silent'));
  text = await fire(server.url, recentCall());
  await server.close();
  const [, id] = /ledger entry `([0-9a-f-]{36})`/.exec(text) ?? [];
  entryId = String(id);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dataFolder, { recursive: true });
});

function recentCall(): Json {
  const yesterday = new Date(instant(Date.now()) - 86_400_000).toISOString();
  const fresh = (code: string, value: number, unit: string) => ({
    ...aResult(code, value, unit),
    effectiveDateTime: yesterday,
  });
  const laboratory = aSearchset(fresh('2823-3', 4.4, 'mmol/L'), fresh('2160-0', 1.0, 'mg/dL'));
  const vitals = aSearchset(fresh('8480-6', 128, 'mm[Hg]'), fresh('8867-4', 74, '/min'));
  return anOrderSign({ prefetch: aPrefetch({ laboratory, vitals }) });
}

async function fire(url: string, call: Json): Promise<string> {
  const response = await fetch(`${url}/cds-services/sextant-order-sign`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call),
  });
  expect(response.status).toBe(200);
  return response.text();
}

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const code = await runSextant(args, (line) => void lines.push(line));
  return { code, lines };
}

test('the learned model answered', () => {
  expect(text).toMatch(/\(learned, weights [0-9a-f]{12}\)/);
});

test('a replay renders the same bytes and infers the same forecasts', async () => {
  const { code, lines } = await run('replay', entryId);
  expect(lines[0]).toBe('cards: rendered again to the same bytes');
  expect(lines[1]).toMatch(/^forecasts: all \d{3} agree to 0\.0001$/);
  expect(code).toBe(0);
});

test('a replay with another model says where it does not agree', async () => {
  vi.stubEnv('SEXTANT_WORLD_MODEL', 'mechanistic');
  const { code, lines } = await run('replay', entryId);
  vi.stubEnv('SEXTANT_WORLD_MODEL', 'learned');
  expect(code).toBe(1);
  expect(lines[0]).toBe('cards: rendered again to the same bytes');
  expect(lines.join('\n')).toMatch(/plans\[0\]\.model\.kind: was "learned", is "mechanistic"/);
});

test('a replay of an unknown entry, or of none, says so', async () => {
  expect(await run('replay', 'nothing')).toMatchObject({ code: 1 });
  expect(await run('replay')).toMatchObject({ code: 2 });
});

test('an intact ledger is reported with its head, which is an anchor', async () => {
  const { code, lines } = await run('verify-ledger');
  expect(code).toBe(0);
  expect(lines).toContain('2 entries, intact');
  const head = String(lines.find((line) => line.startsWith('head '))?.slice(5));
  expect((await run('verify-ledger', head)).code).toBe(0);
  expect((await run('verify-ledger', '0'.repeat(64))).code).toBe(1);
});

test('the ledger is listed and shown without patient data', async () => {
  const { lines } = await run('ledger', 'list');
  expect(lines.join('\n')).toContain(entryId);
  const shown = await run('ledger', 'show', entryId);
  expect(shown.lines.join('\n')).not.toMatch(/spironolactone|"p1"/i);
});

test('unsealing shows the gathered record', async () => {
  const { lines } = await run('ledger', 'unseal', entryId);
  expect(lines.join('\n')).toContain('"birthDate": "1955-03-09"');
});

test('an unknown command lists the commands and returns 2', async () => {
  const { code, lines } = await run('divine');
  expect(code).toBe(2);
  expect(lines.some((line) => line.startsWith('replay'))).toBe(true);
});

test('a service whose ledger was tampered with does not start', async () => {
  const database = new DatabaseSync(join(dataFolder, 'ledger.sqlite'));
  database.exec(`DROP TRIGGER entry_no_update; UPDATE entry SET body = '{}' WHERE sequence = 1`);
  database.close();
  await expect(startCdsHooksServer(config, openLog('silent'))).rejects.toThrow(
    expect.objectContaining({ code: 'ledger.broken' }) as Error,
  );
  expect((await run('verify-ledger')).code).toBe(1);
});

test('a service whose key is lost does not start with a new one', async () => {
  rmSync(join(dataFolder, 'sealing.key'));
  await expect(startCdsHooksServer(config, openLog('silent'))).rejects.toThrow(/lost its key/);
});

test('without a learned model the service starts, refuses what must be refused, and forecasts nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sextant-flow-'));
  const server = await startCdsHooksServer({ ...config, dataFolder: folder, modelsFolder: folder }, openLog('silent'));
  const answer = await fire(server.url, recentCall());
  await server.close();
  rmSync(folder, { recursive: true });
  expect(answer).toContain('No forecast is given');
  expect(answer).not.toContain('learned');
});
