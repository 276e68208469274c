import { modelSchema } from '../src/adapters/model-schema.ts';
import { digestOf } from '../src/core/digest.ts';
import type { System } from '../src/domain/system.ts';
import type { Knowledge } from '../src/ports/knowledge.ts';
import type { Versions } from '../src/provenance/entry.ts';
import frequencies from '../src/record/frequencies.json' with { type: 'json' };
import takingEvidence from '../src/record/taking-evidence.json' with { type: 'json' };
import allergens from '../src/terminology/allergens.json' with { type: 'json' };
import conditions from '../src/terminology/conditions.json' with { type: 'json' };
import drugNameWords from '../src/terminology/drug-name-words.json' with { type: 'json' };
import drugsNdc from '../src/terminology/drugs-ndc.json' with { type: 'json' };
import drugsRxNorm from '../src/terminology/drugs-rxnorm.json' with { type: 'json' };
import drugs from '../src/terminology/drugs.json' with { type: 'json' };
import laboratoryCodes from '../src/terminology/laboratory-codes.json' with { type: 'json' };
import unitSpellings from '../src/terminology/unit-spellings.json' with { type: 'json' };
import packageJson from '../package.json' with { type: 'json' };

/** Every table by which a record is read: one that is missing here could change without the ledger showing it. */
const TERMINOLOGY = [
  allergens,
  conditions,
  drugNameWords,
  drugsNdc,
  drugsRxNorm,
  drugs,
  frequencies,
  laboratoryCodes,
  takingEvidence,
  unitSpellings,
];

/** What a ledger entry says of the code and the tables that answered. */
export function versionsOf(system: System, knowledge: Knowledge): Versions {
  return {
    sextant: packageJson.version,
    system: `${system.id}@${system.version}`,
    schema: modelSchema(system).digest,
    terminology: digestOf(TERMINOLOGY),
    knowledge: knowledge.digest,
  };
}
