import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCdsHooksServer } from '../../cds-hooks/server.ts';
import { openCdsClient, type CdsClient, type Exchange, type Hook } from '../../deploy/sandbox/cds-client.ts';
import type { ClinicPatient } from '../../deploy/sandbox/clinic.ts';
import { openFhirStore } from '../../deploy/sandbox/fhir-store.ts';
import { readConfig } from '../adapters/env-config.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { quantileOfSorted, sortedCopy } from '../core/statistics.ts';
import { drawClinic } from '../systems/cardio-renal-metabolic/demo-clinic.ts';
import { STORIES } from '../systems/cardio-renal-metabolic/demo-stories.ts';

type Print = (line: string) => void;

const HOOKS: readonly Hook[] = ['order-sign', 'patient-view'];
const ROUNDS = 5;
const MOST_ROUNDS = 100;

/** What a hook should take (interop PERF-02). Unit: ms. */
const TARGET_P95 = 500;

/**
 * Measures how long a hook takes: the whole service in this process, over HTTP on loopback with full prefetch, on the
 * patients of the demo clinic, ledger on disk included.
 *
 * `args`: rounds over all patients, 5 unless given. The first call of each hook is printed apart: it is cold.
 */
export async function runLatency(args: readonly string[], print: Print): Promise<number> {
  const rounds = Math.min(Number(args[0] ?? ROUNDS), MOST_ROUNDS);
  if (!(rounds >= 1)) {
    print('latency [rounds]   a number from 1 to 100');
    return 2;
  }
  const dataFolder = mkdtempSync(join(tmpdir(), 'sextant-latency-'));
  const config = { ...readConfig(process.env), port: 0, dataFolder, logLevel: 'error' as const };
  const server = await startCdsHooksServer(config);
  try {
    const clinic = drawClinic({ seed: 'sextant-demo', count: STORIES.length, asOf: systemClock.now() });
    for (const hook of HOOKS) await measureHook(hook, { clinic, rounds, serviceUrl: server.url, print });
    return 0;
  } finally {
    await server.close();
    rmSync(dataFolder, { recursive: true });
  }
}

interface Measurement {
  readonly clinic: readonly ClinicPatient[];
  readonly rounds: number;
  readonly serviceUrl: string;
  readonly print: Print;
}

async function measureHook(hook: Hook, { clinic, rounds, serviceUrl, print }: Measurement): Promise<void> {
  const exchanges: Exchange[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const patient of clinic) exchanges.push(...(await fire(clientOf(serviceUrl, patient), hook, patient)));
  }
  const [cold, ...warm] = exchanges;
  const failed = exchanges.filter(({ problem }) => problem !== undefined).length;
  const times = sortedCopy(warm.map(({ milliseconds }) => milliseconds));
  if (cold === undefined || times.length === 0) return;
  const [median, p95] = [quantileOfSorted(times, 0.5), quantileOfSorted(times, 0.95)];
  print(
    `${hook.padEnd(13)} ${exchanges.length} calls, ${failed} failed: first ${cold.milliseconds.toFixed(0)} ms, then ` +
      `median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (${p95 <= TARGET_P95 ? 'within' : 'above'} ${TARGET_P95} ms)`,
  );
}

function clientOf(serviceUrl: string, { resources }: ClinicPatient): CdsClient {
  const store = openFhirStore(resources);
  return openCdsClient({ serviceUrl, fhirBase: 'http://127.0.0.1/fhir', store, newId: randomUUID });
}

function fire(client: CdsClient, hook: Hook, { patientId, draft }: ClinicPatient): Promise<readonly Exchange[]> {
  const drafts = draft === undefined ? [] : [draft];
  return client.fire({ hook, patientId, encounterId: undefined, userId: 'Practitioner/latency', drafts });
}
