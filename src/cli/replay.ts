import { z } from 'zod';
import { openLog } from '../adapters/pino-log.ts';
import { readConfig, type Config } from '../adapters/env-config.ts';
import { responseText } from '../../cds-hooks/answer.ts';
import { renderCards } from '../../cds-hooks/render-cards.ts';
import { createReviewer, type Review } from '../../cds-hooks/review.ts';
import { openPipeline } from '../../cds-hooks/server.ts';
import { servicesOf } from '../../cds-hooks/services.ts';
import { AppError } from '../core/errors.ts';
import { instant } from '../core/time.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { SealedHook } from '../provenance/entry.ts';
import { findDifferences, type Difference } from '../provenance/find-differences.ts';
import { systemOf } from '../systems/registry.ts';
import { openLedgerFile } from './open-ledger-file.ts';

type Print = (line: string) => void;

/** How far a repeated forecast may lie from the recorded one, in the unit of its variable. */
export const REPLAY_TOLERANCE = 1e-4;

/** Differences that are printed at most. */
const SHOWN = 20;

/** Of the sealed part, what decides how it is read; the rest was written by `hookEntry` and is authenticated. */
const Frame = z.looseObject({
  entryId: z.string(),
  patientId: z.string(),
  at: z.number(),
  system: z.string(),
  version: z.string(),
  dropped: z.record(z.string(), z.number()),
  maximumCards: z.number(),
});
const Body = z.looseObject({ seed: z.string() });

/**
 * Replays an answered hook: renders its stored findings again, which must give the same bytes, and asks pipeline and
 * model again with the stored input and seed, which must agree to 1e-4.
 *
 * `args`: the entry's id, as the card shows it. Returns 0 when both hold, 1 when not, 2 without an id.
 */
export async function runReplay(args: readonly string[], print: Print): Promise<number> {
  const [id] = args;
  if (id === undefined) {
    print('replay <id>   the ledger entry that the card names');
    return 2;
  }
  const config = readConfig(process.env);
  const ledger = openLedgerFile(config.dataFolder, 'sealed');
  try {
    const entry = ledger.read(id);
    const isSameCards = replayCards(sealedHookOf(entry), print);
    const isSameReview = await replayReview(entry, config, print);
    return isSameCards && isSameReview ? 0 : 1;
  } finally {
    ledger.close();
  }
}

function sealedHookOf({ id, kind, sealed }: LedgerEntry): SealedHook {
  if (kind !== 'hook') throw new AppError('ledger.not-found', [`${id} is no answered hook but ${kind}.`]);
  if (sealed === undefined) throw new AppError('ledger.unavailable', [`${id} was sealed with another key.`]);
  return sealed as SealedHook;
}

function replayCards(sealed: SealedHook, print: Print): boolean {
  const { system: systemId, at, ...frame } = Frame.parse(sealed.frame);
  const system = systemOf(systemId);
  const text = responseText(renderCards({ ...frame, at: instant(at), system }, sealed));
  const isSame = text === sealed.response;
  print(isSame ? 'cards: rendered again to the same bytes' : 'cards: not the same bytes');
  if (!isSame) printDifferences(findDifferences(JSON.parse(sealed.response), JSON.parse(text), 0), print);
  return isSame;
}

async function replayReview(entry: LedgerEntry, config: Config, print: Print): Promise<boolean> {
  const sealed = sealedHookOf(entry);
  const again = await reviewAgain(sealed, Body.parse(entry.body).seed, config);
  const { plans, chart, dropped, inference } = sealed;
  const stored = { plans, chart, dropped, inference };
  const repeated: unknown = JSON.parse(
    JSON.stringify({
      plans: again.plans,
      chart: again.chart,
      dropped: again.dropped,
      inference: again.inference,
    }),
  );
  const differences = findDifferences(stored, repeated, REPLAY_TOLERANCE);
  const count = plans.flatMap(({ candidates }) => candidates.flatMap(({ forecasts }) => forecasts)).length;
  const isSame = differences.length === 0;
  print(
    isSame ? `forecasts: all ${count} agree to ${REPLAY_TOLERANCE}` : `findings: ${differences.length} differences`,
  );
  printDifferences(differences, print);
  return isSame;
}

async function reviewAgain(sealed: SealedHook, seed: string, config: Config): Promise<Review> {
  const { at, system: systemId } = Frame.parse(sealed.frame);
  const system = systemOf(systemId);
  const service = servicesOf(system).find((row) => row.id === sealed.request.service);
  if (service === undefined) throw new AppError('service.unknown', [sealed.request.service]);
  const review = createReviewer(await openPipeline(config, system, openLog('error')));
  const { gathered, request } = sealed;
  return review({ looksAt: service.looksAt, gathered, draftOrders: request.draftOrders, at: instant(at), seed });
}

function printDifferences(differences: readonly Difference[], print: Print): void {
  for (const { path, stored, again } of differences.slice(0, SHOWN)) print(`  ${path}: was ${stored}, is ${again}`);
  if (differences.length > SHOWN) print(`  and ${differences.length - SHOWN} more`);
}
