import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createAbsentWorldModel } from '../src/adapters/absent-world-model.ts';
import type { Config } from '../src/adapters/env-config.ts';
import { openMechanisticWorldModel } from '../src/adapters/mechanistic-world-model.ts';
import { openOnnxWorldModel } from '../src/adapters/onnx-world-model.ts';
import { openLog } from '../src/adapters/pino-log.ts';
import { createPrefetchRecordSource } from '../src/adapters/prefetch-record-source.ts';
import { openSealingKey } from '../src/adapters/sealing-key.ts';
import { openSqlLedger } from '../src/adapters/sql-ledger.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { uuidOf } from '../src/core/digest.ts';
import { AppError } from '../src/core/errors.ts';
import { toIso } from '../src/core/time.ts';
import type { System } from '../src/domain/system.ts';
import { openKnowledge } from '../src/knowledge/index.ts';
import type { RecommendParts } from '../src/pipeline/recommend.ts';
import type { Ledger } from '../src/ports/ledger.ts';
import type { WorldModel } from '../src/ports/world-model.ts';
import type { Versions } from '../src/provenance/entry.ts';
import { buildRecord } from '../src/record/build-record.ts';
import { cardioRenalMetabolic } from '../src/systems/cardio-renal-metabolic/system.ts';
import { createCdsHooksApp } from './app.ts';
import { createReviewer } from './review.ts';
import { servicesOf } from './services.ts';
import { versionsOf } from './versions.ts';
import { warmUp } from './warm-up.ts';

/** A service that is listening. */
export interface RunningServer {
  /** "http://127.0.0.1:4004". */
  readonly url: string;
  close(): Promise<void>;
}

/** The longest that a request may take to arrive. Unit: ms. */
const REQUEST_TIMEOUT = 30_000;

/**
 * Starts the CDS Hooks service: opens model, knowledge and ledger, checks the ledger, listens on loopback.
 *
 * @throws AppError `ledger.broken` or `ledger.unavailable`: without a whole ledger nothing is answered.
 */
export async function startCdsHooksServer(
  config: Config,
  log: Logger = openLog(config.logLevel),
): Promise<RunningServer> {
  const system = cardioRenalMetabolic;
  const pipeline = await openPipeline(config, system, log);
  await warmUp(pipeline).catch((error: unknown) => {
    log.error({ err: error }, 'the model did not answer the first question: forecasts will be withheld');
  });
  const versions = versionsOf(system, pipeline.knowledge);
  const { ledger, pseudonym } = openLedger(config, versions);
  const services = servicesOf(system);
  const app = createCdsHooksApp({
    system,
    services,
    versions,
    ledger,
    pseudonym,
    log,
    clock: systemClock,
    review: createReviewer(pipeline),
    recordSourceOf: ({ prefetch }) => createPrefetchRecordSource(prefetch),
    maximumCards: config.maximumCards,
    deadline: config.deadline,
    corsOrigins: config.corsOrigins,
    bodyLimit: config.bodyLimit,
  });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT }, app);
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info(
    { url, model: pipeline.model.describe().id },
    'listening on loopback only: clients are not authenticated yet',
  );
  return {
    url,
    close: async () => {
      await stop(server);
      ledger.close();
    },
  };
}

/** Opens what the pipeline needs; a model that cannot be opened costs the forecasts, never the refusals. */
export async function openPipeline(config: Config, system: System, log: Logger): Promise<RecommendParts> {
  return { system, model: await openModel(config, system, log), knowledge: openKnowledge(), buildRecord };
}

async function openModel(config: Config, system: System, log: Logger): Promise<WorldModel> {
  if (config.worldModel === 'mechanistic') return openMechanisticWorldModel(system);
  try {
    return await openOnnxWorldModel({ folder: config.modelsFolder, system });
  } catch (error) {
    log.error({ err: error }, 'the learned model cannot be opened: forecasts are withheld, refusals stay');
    return createAbsentWorldModel(system, error);
  }
}

function openLedger(
  config: Config,
  versions: Versions,
): { readonly ledger: Ledger; readonly pseudonym: (reference: string) => string } {
  const ledgerPath = join(config.dataFolder, 'ledger.sqlite');
  const keyPath = join(config.dataFolder, 'sealing.key');
  if (existsSync(ledgerPath) && !existsSync(keyPath)) {
    throw new AppError('config.invalid', [
      `The ledger ${ledgerPath} has lost its key ${keyPath}: restore the key, or move the ledger away.`,
    ]);
  }
  const key = openSealingKey(keyPath);
  const ledger = openSqlLedger({ path: ledgerPath, key });
  const verdict = ledger.verify();
  if (!verdict.intact) throw new AppError('ledger.broken', verdict.faults.slice(0, 5));
  const at = systemClock.now();
  // Each start leaves a mark: which versions began to answer when, upon which head.
  ledger.append({
    id: uuidOf('start', toIso(at), verdict.lastHash),
    kind: 'verification',
    at,
    body: { format: 'start-1', entries: verdict.entries, head: verdict.lastHash, versions },
  });
  return { ledger, pseudonym: (reference) => key.pseudonym(reference) };
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE';
      const problem = isTaken
        ? `SEXTANT_PORT: port ${port} is in use; set SEXTANT_PORT to another.`
        : `SEXTANT_PORT: cannot listen on ${host}:${port}.`;
      reject(new AppError('config.invalid', [problem], { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
}
