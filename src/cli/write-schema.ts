import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelSchema } from '../adapters/model-schema.ts';
import type { ModelSchemaDocument } from '../adapters/model-schema.ts';
import { SYSTEMS } from '../systems/registry.ts';

/**
 * Writes `<models>/<system>/schema.json` for every system, so that training reads what TypeScript defines.
 *
 * `args`: the models folder, `models` unless given.
 */
export function runWriteSchema(args: readonly string[], print: (line: string) => void): void {
  const models = args[0] ?? 'models';
  for (const system of Object.values(SYSTEMS)) {
    const document = modelSchema(system);
    const folder = join(models, system.id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'schema.json'), textOf(document));
    print(`${system.id}: schema ${document.digest}`);
  }
}

/** JSON as the repository's formatter writes it: a list of names stands on one line. */
function textOf(document: ModelSchemaDocument): string {
  const text = JSON.stringify(document, null, 2);
  return `${text.replaceAll(/\[\n[^[\]{}]*\]/g, (list) => JSON.stringify(JSON.parse(list)).replaceAll(',', ', '))}\n`;
}
