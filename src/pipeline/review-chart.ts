import { digestOf } from '../core/digest.ts';
import type { Instant } from '../core/time.ts';
import type { Violation } from '../domain/plan.ts';
import type { PatientRecord } from '../domain/record.ts';
import type { System } from '../domain/system.ts';
import type { Knowledge } from '../ports/knowledge.ts';
import type { GatheredRecord } from '../ports/record-source.ts';
import { disabledRules } from '../safety/rules.ts';
import type { DisabledRule } from '../safety/rules.ts';
import { screenRecord } from '../safety/urgent.ts';
import type { BuildRecord } from './recommend.ts';

/** What opening a chart brings up: nothing, unless it is urgent. */
export interface ChartReview {
  readonly record: PatientRecord;
  readonly violations: readonly Violation[];
  /** What the ledger needs to explain the review. */
  readonly inference: { readonly recordDigest: string; readonly disabledRules: readonly DisabledRule[] };
}

/** Looks through a chart for what cannot wait (CDS Hooks `patient-view`). Needs no model. */
export function reviewChart(
  call: { readonly gathered: GatheredRecord; readonly asOf: Instant },
  parts: { readonly system: System; readonly knowledge: Knowledge; readonly buildRecord: BuildRecord },
): ChartReview {
  const record = parts.buildRecord(call.gathered, { system: parts.system, asOf: call.asOf });
  return {
    record,
    violations: screenRecord(record, parts.knowledge),
    inference: { recordDigest: digestOf(record), disabledRules: disabledRules(parts.knowledge) },
  };
}
