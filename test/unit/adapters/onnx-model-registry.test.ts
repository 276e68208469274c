import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRegisteredModel } from '../../../src/adapters/model-registry.ts';
import { digestText } from '../../../src/core/digest.ts';
import { AppError } from '../../../src/core/errors.ts';

const FILES = ['encode.onnx', 'roll-out.onnx', 'calibration.json'];

function anEntry(change: object = {}): object {
  const files = FILES.map((name) => [name, { path: `heart/${name}`, sha256: digestText(name) }]);
  return {
    id: 'heart.model',
    version: '1',
    system: 'heart',
    kind: 'learned',
    files: Object.fromEntries(files) as object,
    schemaDigest: 'schema',
    members: 5,
    latent: { traits: 2, state: 3 },
    longestHorizonDays: 84,
    ...change,
  };
}

/** A models folder whose files hold their own names, beside a registry. */
function aModelsFolder(registry: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  mkdirSync(join(folder, 'heart'));
  for (const name of FILES) writeFileSync(join(folder, 'heart', name), name);
  writeFileSync(join(folder, 'registry.json'), typeof registry === 'string' ? registry : JSON.stringify(registry));
  return folder;
}

function failureOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the model registry', () => {
  test('the registered model of a system comes with the bytes of its files', () => {
    const { entry, files } = readRegisteredModel(aModelsFolder({ models: [anEntry()] }), 'heart');
    expect(entry.id).toBe('heart.model');
    expect(new TextDecoder().decode(files['encode.onnx'])).toBe('encode.onnx');
  });

  test('a file whose bytes changed makes the model unavailable, naming the file and both digests', () => {
    const folder = aModelsFolder({ models: [anEntry()] });
    writeFileSync(join(folder, 'heart', 'encode.onnx'), 'tampered');
    const failure = failureOf(() => readRegisteredModel(folder, 'heart'));
    expect(failure.code).toBe('model.unavailable');
    expect(failure.details[0]).toContain('heart/encode.onnx');
    expect(failure.details[0]).toContain(digestText('tampered'));
    expect(failure.details[0]).toContain(digestText('encode.onnx'));
  });

  test.each([
    ['a system without a model', { models: [] }, 'no model of heart'],
    ['a registry that is not JSON', '{', 'not a model registry'],
    ['a registry of another form', { models: [{ id: 1 }] }, 'not a model registry'],
    ['an entry without one of the files', { models: [anEntry({ files: {} })] }, 'names no encode.onnx'],
    [
      'a file that is not there',
      { models: [anEntry({ files: { 'encode.onnx': { path: 'heart/none.onnx', sha256: '' } } })] },
      'cannot be read',
    ],
  ])('%s makes the model unavailable', (_, registry, detail) => {
    const failure = failureOf(() => readRegisteredModel(aModelsFolder(registry), 'heart'));
    expect(failure.code).toBe('model.unavailable');
    expect(failure.details.join(' ')).toContain(detail);
  });

  test('a folder without a registry makes the model unavailable', () => {
    const failure = failureOf(() => readRegisteredModel(join(tmpdir(), 'no-such-models'), 'heart'));
    expect(failure.code).toBe('model.unavailable');
  });
});
