import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/adapters/env-config.ts';
import { runDemo } from '../../src/cli/demo.ts';
import { startDemo } from '../../src/cli/start-demo.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sextant-demo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings = (): Record<string, string> => ({
  SEXTANT_PORT: '0',
  SEXTANT_DATA_FOLDER: join(folder, 'data'),
  SEXTANT_LOG_LEVEL: 'silent',
});

async function run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<[number, string]> {
  const lines: string[] = [];
  const code = await runDemo(args, environment, (line) => lines.push(line));
  return [code, lines.join('\n')];
}

describe('npm run demo -- --once', () => {
  it('prints a card, the ledger entry, and that the learned model answered; the chain is intact', async () => {
    const [code, said] = await run(['--once'], settings());
    expect(said).not.toContain('FAILED');
    expect(said).toMatch(/── Card 1 · (?:INFO|WARNING|CRITICAL)/);
    expect(said).toMatch(/Suggestions\n {2}\[ \] /);
    expect(said).toMatch(/Override reasons\n {2}\( \) /);
    expect(said).toMatch(/Ledger entry {2}[0-9a-f-]{36}/);
    expect(said).toMatch(/Answered by {3}.+ \(learned, weights [0-9a-f]{12}\)/);
    expect(said).toContain('chain intact');
    expect(code).toBe(0);
  });

  it('fails, and says so, when the mechanistic model answers instead', async () => {
    const [code, said] = await run(['--once'], { ...settings(), SEXTANT_WORLD_MODEL: 'mechanistic' });
    expect(said).toContain('FAILED: the learned model did not answer');
    expect(code).toBe(1);
  });

  it('fails, and says so, when there is no model', async () => {
    const [code, said] = await run(['--once'], { ...settings(), SEXTANT_MODELS_FOLDER: join(folder, 'none') });
    expect(said).toContain('FAILED: the learned model did not answer');
    expect(code).toBe(1);
  });
});

describe('a port that is taken', () => {
  let other: Server;
  let port = 0;
  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    port = (other.address() as AddressInfo).port;
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  it.each(['SEXTANT_PORT', 'SEXTANT_SANDBOX_PORT'])('is named by its setting: %s', async (name) => {
    const [code, said] = await run([], { ...settings(), SEXTANT_SANDBOX_PORT: '0', [name]: String(port) });
    expect(code).toBe(1);
    expect(said).toContain(`${name}:`);
    expect(said).not.toContain('    at ');
  });

  it('that is no port is refused', async () => {
    const [code, said] = await run([], { ...settings(), SEXTANT_SANDBOX_PORT: 'http' });
    expect([code, said]).toEqual([1, expect.stringContaining('SEXTANT_SANDBOX_PORT: must be a port number.')]);
  });
});

describe('the demo clinic at the sandbox', () => {
  it('every patient with an order gets an answer from the service that the EHR can use', async () => {
    const demo = await startDemo(readConfig(settings()), 0);
    try {
      const ordering = demo.clinic.filter(({ draft }) => draft !== undefined);
      expect(ordering.length).toBeGreaterThan(0);
      for (const { patientId } of ordering) {
        const url = `${demo.sandboxUrl}/api/patients/${patientId}/hooks/order-sign`;
        const exchanges = (await (await fetch(url, { method: 'POST' })).json()) as readonly object[];
        expect([patientId, exchanges]).toEqual([patientId, [expect.objectContaining({ status: 200 })]]);
        expect(exchanges[0]).not.toHaveProperty('problem');
      }
    } finally {
      await demo.close();
    }
  });

  it('the printed request, sent as it is, is answered with cards', async () => {
    const demo = await startDemo(readConfig(settings()), 0);
    try {
      const patientId = demo.clinic[0]?.patientId ?? '';
      const request = await (await fetch(`${demo.sandboxUrl}/hook-request/${patientId}?hook=order-sign`)).text();
      const answer = await fetch(`${demo.serviceUrl}/cds-services/sextant-order-sign`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: request,
      });
      const { cards } = (await answer.json()) as { cards: readonly object[] };
      expect(cards.length).toBeGreaterThan(0);
    } finally {
      await demo.close();
    }
  });
});
