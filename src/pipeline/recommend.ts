import { assessApplicability } from '../belief/applicability.ts';
import { encodeBelief } from '../belief/encode.ts';
import { historyOf } from '../belief/history.ts';
import { digestOf } from '../core/digest.ts';
import type { Instant } from '../core/time.ts';
import type { Applicability, Belief, ModelIdentity, PatientHistory } from '../domain/belief.ts';
import type { DraftOrder } from '../domain/intervention.ts';
import type { Abstention, Plan } from '../domain/plan.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';
import { SAMPLES } from '../planner/roll-out.ts';
import type { GatheredRecord } from '../ports/record-source.ts';
import { disabledRules } from '../safety/rules.ts';
import type { DisabledRule } from '../safety/rules.ts';
import { attempt } from './deadline.ts';
import type { Attempt } from './deadline.ts';
import { planOrder, screenCase } from './plan-order.ts';
import type { OrderCase, PlanningParts } from './plan-order.ts';

/** What is asked: whose record, which orders, as of when. */
export interface RecommendCall {
  readonly gathered: GatheredRecord;
  readonly drafts: readonly DraftOrder[];
  readonly asOf: Instant;
  readonly seed: string;
  /** Aborts when the EHR's time is over; what is ready by then is answered. */
  readonly deadline?: AbortSignal;
}

/** Builds the record of one patient from what was gathered (src/record/build-record). */
export type BuildRecord = (
  gathered: GatheredRecord,
  options: { readonly system: System; readonly asOf: Instant },
) => PatientRecord;

/** The parts that a root has chosen. */
export interface RecommendParts extends PlanningParts {
  readonly buildRecord: BuildRecord;
}

/** The answer with everything that the ledger needs to explain and to repeat it. */
export interface Recommendation {
  readonly record: PatientRecord;
  readonly inference: Inference;
  readonly plans: readonly Plan[];
  /** Why the model failed, for the operator's log; never for the card. */
  readonly failures: readonly Error[];
}

/** What the plans were inferred from and with. */
export interface Inference {
  /** SHA-256 of the record's canonical JSON. */
  readonly recordDigest: string;
  /** Absent when age or sex is unknown. */
  readonly history?: PatientHistory;
  readonly applicability: Applicability;
  readonly model: ModelIdentity;
  /** SHA-256 of all facts. */
  readonly knowledgeDigest: string;
  readonly disabledRules: readonly DisabledRule[];
  /** With these a roll-out can be repeated; each order adds its reference to the seed. */
  readonly rollOut: { readonly days: readonly number[]; readonly samples: number; readonly seed: string };
}

/**
 * Answers a set of draft orders for one patient: the request's path from record to reasons (house.md, steps 4–10).
 *
 * Screening is done before the model is asked, so neither abstention, nor a spent deadline, nor a lost model removes a
 * refusal from the plans.
 */
export async function recommend(call: RecommendCall, parts: RecommendParts): Promise<Recommendation> {
  const { system, knowledge, model } = parts;
  const record = parts.buildRecord(call.gathered, { system, asOf: call.asOf });
  const history = historyOf(system, record);
  const applicability = assessApplicability(system, record, history);
  const screened = ordersOf(call, record, applicability).map((order) => screenCase(order, parts));
  const belief = await believe(history, applicability, call, parts);
  const planned = await inTurn(screened, (order) => planOrder({ ...order, order: { ...order.order, belief } }, parts));
  return {
    record,
    inference: {
      recordDigest: digestOf(record),
      ...(history === undefined ? {} : { history }),
      applicability,
      model: model.describe(),
      knowledgeDigest: knowledge.digest,
      disabledRules: disabledRules(knowledge),
      rollOut: { days: system.horizon, samples: SAMPLES, seed: call.seed },
    },
    plans: planned.map(({ plan }) => plan),
    failures: planned.flatMap(({ cause }) => cause ?? []),
  };
}

const NOT_ASKED: Attempt<Belief> = {
  ok: false,
  abstention: { code: 'model.not-asked', reason: 'the model was not asked yet', help: 'none needed' },
};

function ordersOf(call: RecommendCall, record: PatientRecord, applicability: Applicability): readonly OrderCase[] {
  const { drafts, seed, deadline } = call;
  return drafts.map((draft) => {
    // By identity: a combination is one resource with several ingredients, which may not get along.
    const alsoOrdered = drafts.filter((other) => other !== draft);
    return { draft, alsoOrdered, record, applicability, belief: NOT_ASKED, seed, deadline };
  });
}

async function believe(
  history: PatientHistory | undefined,
  applicability: Applicability,
  call: RecommendCall,
  parts: RecommendParts,
): Promise<Attempt<Belief>> {
  if (history === undefined || applicability.answer === 'outside') {
    return { ok: false, abstention: outsideAbstention(applicability) };
  }
  return attempt(() => encodeBelief(parts.model, history), call.deadline);
}

function outsideAbstention({ reasons }: Applicability): Abstention {
  const grave = reasons.filter(({ severity }) => severity === 'outside');
  return {
    code: 'applicability.outside',
    reason: grave.map(({ detail }) => detail).join('; '),
    help: [...new Set(grave.map(({ help }) => help))].join('; '),
  };
}

/** One order after the other: the model is one, and its roll-outs are not made faster by queueing them at once. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
