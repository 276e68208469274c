import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { digestBytes } from '../core/digest.ts';

const FILES = ['encode.onnx', 'roll-out.onnx', 'calibration.json'] as const;

const Entry = z.object({
  id: z.string(),
  version: z.string(),
  system: z.string(),
  kind: z.literal('learned'),
  files: z.record(z.string(), z.object({ path: z.string(), sha256: z.string() })),
  schemaDigest: z.string(),
  members: z.int().positive(),
  latent: z.object({ traits: z.int().positive(), state: z.int().positive() }),
  longestHorizonDays: z.number().positive(),
});

const Registry = z.object({ models: z.array(Entry) });

/** One model of `models/registry.json`: what it is, and which bytes it is made of. */
export type RegistryEntry = z.infer<typeof Entry>;

/** What the adapter reads of a model: its entry and the verified bytes of its files. */
export interface RegisteredModel {
  readonly entry: RegistryEntry;
  readonly files: Readonly<Record<(typeof FILES)[number], Uint8Array>>;
}

/**
 * Reads the registered model of a system and verifies the SHA-256 of every file it loads.
 *
 * `folder` holds `registry.json`; the paths in it are relative to it.
 * @throws AppError `model.unavailable` when there is none, a file is missing, or its bytes are not the registered ones.
 */
export function readRegisteredModel(folder: string, system: string): RegisteredModel {
  const entry = readEntries(folder).find((candidate) => candidate.system === system);
  if (entry === undefined) throw new AppError('model.unavailable', [`The registry has no model of ${system}.`]);
  const verified = FILES.map((name) => [name, readVerified(folder, entry, name)] as const);
  return { entry, files: Object.fromEntries(verified) as RegisteredModel['files'] };
}

function readEntries(folder: string): readonly RegistryEntry[] {
  const text = readBytes(folder, 'registry.json').toString('utf8');
  try {
    return Registry.parse(JSON.parse(text)).models;
  } catch (cause) {
    throw new AppError('model.unavailable', ['registry.json is not a model registry.'], { cause });
  }
}

function readVerified(folder: string, entry: RegistryEntry, name: string): Uint8Array {
  const file = entry.files[name];
  if (file === undefined) throw new AppError('model.unavailable', [`The registry names no ${name} of ${entry.id}.`]);
  const bytes = readBytes(folder, file.path);
  const digest = digestBytes(bytes);
  if (digest === file.sha256) return bytes;
  throw new AppError('model.unavailable', [`${file.path} has SHA-256 ${digest}, the registry says ${file.sha256}.`]);
}

function readBytes(folder: string, path: string): Buffer {
  try {
    return readFileSync(join(folder, path));
  } catch (cause) {
    throw new AppError('model.unavailable', [`${path} cannot be read.`], { cause });
  }
}
