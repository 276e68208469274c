import { VISIT_SLOTS } from '../belief/tensors.ts';
import { digestOf } from '../core/digest.ts';
import type { System } from '../domain/system.ts';

/** What the axes of a model's tensors mean. A model is good for a system exactly when both have the same digest. */
export interface ModelSchema {
  readonly system: string;
  readonly version: string;
  readonly visitSlots: number;
  readonly variables: readonly {
    readonly id: string;
    readonly unit: string;
    readonly transform: 'identity' | 'log';
    readonly centre: number;
    readonly spread: number;
    /** What a living adult can show, in `unit`; a model never answers outside. */
    readonly low: number;
    readonly high: number;
  }[];
  readonly channels: readonly string[];
  readonly traits: readonly string[];
}

/** The schema that training reads from `models/<system>/schema.json`, beside its digest. */
export interface ModelSchemaDocument {
  /** SHA-256 of the canonical JSON of `schema`. */
  readonly digest: string;
  readonly schema: ModelSchema;
}

/**
 * Derives the tensor schema of a system, with its digest.
 *
 * Thresholds, names and codes are left out: they may change without a new training run.
 */
export function modelSchema(system: System): ModelSchemaDocument {
  const schema: ModelSchema = {
    system: system.id,
    version: system.version,
    visitSlots: VISIT_SLOTS,
    variables: system.variables.map(({ id, unit, scale, plausible }) => ({ id, unit, ...scale, ...plausible })),
    channels: system.channels.map((channel) => channel.id),
    traits: system.traits,
  };
  return { digest: digestOf(schema), schema };
}
