import { codesOf, type Coding } from './code-systems.ts';
import rows from './conditions.json' with { type: 'json' };

/** All that the house knows of one condition. Codes without dots; ICD codes are prefixes. */
export interface ConditionRow {
  readonly condition: string;
  /** SNOMED CT International, the concepts themselves; subtypes are listed, not inferred. */
  readonly snomed: readonly string[];
  /** ICD-10-CM FY 2026 prefixes; those of three characters hold in ICD-10 of the WHO as well. */
  readonly icd10: readonly string[];
  /** ICD-9-CM 2014 prefixes. */
  readonly icd9: readonly string[];
  /** Prefixes within those that mean something else, for example the puerperium among the codes of pregnancy. */
  readonly notIcd10?: readonly string[];
  readonly notIcd9?: readonly string[];
  /** Conditions that follow from this one. */
  readonly implies: readonly string[];
  /** An acute condition ends with the stay in which it was diagnosed; a lasting one does not. */
  readonly course: 'acute' | 'lasting';
  /** After this many days it cannot be true any more (unit: d). */
  readonly lastsAtMost?: { readonly value: number; readonly unit: 'd'; readonly source: string };
}

/** Every condition that a rule, a trait or the applicability of a model asks about. */
export const CONDITIONS: readonly ConditionRow[] = rows as readonly ConditionRow[];

const BY_ID: ReadonlyMap<string, ConditionRow> = new Map(CONDITIONS.map((row) => [row.condition, row]));

let snomedIndex: ReadonlyMap<string, readonly string[]> | undefined;

/** The row of a condition. @throws TypeError when there is none: a caller's bug. */
export function conditionRow(condition: string): ConditionRow {
  const row = BY_ID.get(condition);
  if (row === undefined) throw new TypeError(`src/terminology/conditions has no ${condition}`);
  return row;
}

/** The conditions that the codes of a diagnosis mean, with what follows from them; empty when none is known. */
export function identifyConditions(codings: readonly Coding[]): readonly string[] {
  const found = new Set([
    ...codesOf(codings, 'snomed').flatMap((code) => bySnomed().get(code) ?? []),
    ...codesOf(codings, 'icd10').flatMap((code) => byPrefix(code, 'icd10')),
    ...codesOf(codings, 'icd9').flatMap((code) => byPrefix(code, 'icd9')),
  ]);
  for (const condition of found) for (const implied of conditionRow(condition).implies) found.add(implied);
  return [...found];
}

function bySnomed(): ReadonlyMap<string, readonly string[]> {
  if (snomedIndex !== undefined) return snomedIndex;
  const index = new Map<string, string[]>();
  for (const { condition, snomed } of CONDITIONS) {
    for (const code of snomed) index.set(code, [...(index.get(code) ?? []), condition]);
  }
  snomedIndex = index;
  return index;
}

function byPrefix(code: string, system: 'icd10' | 'icd9'): readonly string[] {
  const plain = code.replaceAll('.', '').toUpperCase();
  const isIn = (prefixes: readonly string[] = []): boolean => prefixes.some((prefix) => plain.startsWith(prefix));
  return CONDITIONS.filter((row) => isIn(row[system]) && !isIn(system === 'icd10' ? row.notIcd10 : row.notIcd9)).map(
    ({ condition }) => condition,
  );
}
