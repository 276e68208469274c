import type { Instant } from '../src/core/time.ts';
import type { Plan, Violation } from '../src/domain/plan.ts';
import type { Dropped } from '../src/domain/record.ts';
import { recommend, type RecommendParts } from '../src/pipeline/recommend.ts';
import { reviewChart } from '../src/pipeline/review-chart.ts';
import type { GatheredRecord } from '../src/ports/record-source.ts';
import type { InferenceFacts } from '../src/provenance/entry.ts';
import { readDraftOrders } from '../src/record/read-draft-orders.ts';
import type { FhirResource } from './card.ts';
import type { Service } from './services.ts';

/** What a review looks at; nothing else enters, so that a replay can repeat it. */
export interface ReviewRequest {
  readonly looksAt: Service['looksAt'];
  readonly gathered: GatheredRecord;
  readonly draftOrders: readonly FhirResource[];
  readonly at: Instant;
  readonly seed: string;
  /** When the client's patience ends; a replay has none. */
  readonly deadline?: AbortSignal;
}

/** What the pipeline found. */
export interface Review {
  readonly dropped: readonly Dropped[];
  readonly plans: readonly Plan[];
  /** Drafted medication orders that could not be read, and so were not screened. */
  readonly unread: readonly Dropped[];
  readonly chart: readonly Violation[];
  readonly inference: InferenceFacts;
  /** Why the model failed, for the log. */
  readonly failures: readonly Error[];
}

/** Runs the pipeline on one call. */
export type Reviewer = (request: ReviewRequest) => Promise<Review>;

/** Puts the pipeline behind the question that a hook asks. */
export function createReviewer(parts: RecommendParts): Reviewer {
  const reviews: Readonly<Record<Service['looksAt'], Reviewer>> = {
    'draft-orders': (request) => reviewDrafts(request, parts),
    // A promise like the other, so that a failure of either arrives in the same way.
    chart: (request) => Promise.resolve().then(() => reviewRunning(request, parts)),
  };
  return (request) => reviews[request.looksAt](request);
}

async function reviewDrafts(request: ReviewRequest, parts: RecommendParts): Promise<Review> {
  const { gathered, draftOrders, at, seed, deadline } = request;
  const bundle = { entry: draftOrders.map((resource) => ({ resource })) };
  const { orders, dropped } = readDraftOrders(bundle, gathered.patientId, { gathered: gathered.resources });
  const call = { gathered, drafts: orders, asOf: at, seed, ...(deadline === undefined ? {} : { deadline }) };
  const { record, plans, inference, failures } = await recommend(call, parts);
  const unread = dropped.filter(isUnread);
  return { dropped: [...record.dropped, ...dropped], plans, unread, chart: [], inference, failures };
}

function reviewRunning({ gathered, at }: ReviewRequest, parts: RecommendParts): Review {
  const { record, violations, inference } = reviewChart({ gathered, asOf: at }, parts);
  return { dropped: record.dropped, plans: [], unread: [], chart: violations, inference, failures: [] };
}

/** Reasons that leave an order unscreened though somebody wants it carried out. */
const UNREADABLE: readonly string[] = ['drug-missing', 'drug-unknown', 'subject-missing', 'subject-not-patient'];

function isUnread({ source, reason }: Dropped): boolean {
  return source.startsWith('MedicationRequest/') && UNREADABLE.includes(reason);
}
