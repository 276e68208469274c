import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelSchema } from '../../../src/adapters/model-schema.ts';
import { runWriteSchema } from '../../../src/cli/write-schema.ts';
import { digestOf } from '../../../src/core/digest.ts';
import type { System } from '../../../src/domain/system.ts';
import { cardioRenalMetabolic as system } from '../../../src/systems/cardio-renal-metabolic/system.ts';

const FILE = join(system.id, 'schema.json');

describe('write-schema', () => {
  test('it writes the schema that the shipped model was trained on, byte for byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'schema-'));
    const lines: string[] = [];
    runWriteSchema([folder], (line) => lines.push(line));
    expect(readFileSync(join(folder, FILE), 'utf8')).toBe(readFileSync(join('models', FILE), 'utf8'));
    expect(lines).toEqual([`${system.id}: schema ${modelSchema(system).digest}`]);
  });
});

describe('the digest of a schema', () => {
  const { digest, schema } = modelSchema(system);

  test('it is that of the canonical JSON of the schema', () => {
    expect(digest).toBe(digestOf(schema));
  });

  test('another order of the variables is another schema', () => {
    const turned: System = { ...system, variables: system.variables.toReversed() };
    expect(modelSchema(turned).digest).not.toBe(digest);
  });

  test('another threshold is the same schema, because no tensor depends on it', () => {
    const variables = system.variables.map((variable) => ({ ...variable, thresholds: [] }));
    expect(modelSchema({ ...system, variables }).digest).toBe(digest);
  });
});
