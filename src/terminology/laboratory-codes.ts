import { codeSystemOf, type Coding } from './code-systems.ts';
import rows from './laboratory-codes.json' with { type: 'json' };

const LOCAL: ReadonlyMap<string, string> = new Map(
  rows.local.map(({ system, code, loinc }) => [`${system}|${code}`, loinc]),
);
const OUTDATED_EGFR: ReadonlySet<string> = new Set(rows.outdatedEgfr);
const IFCC_HBA1C: ReadonlySet<string> = new Set(rows.ifccHba1c);

/** The LOINC codes of a result: those it carries, and those that a hospital's own codes stand for. */
export function loincOf(codings: readonly Coding[]): readonly string[] {
  const codes: string[] = [];
  for (const { system, code } of codings) {
    if (code === undefined) continue;
    if (codeSystemOf(system) === 'loinc') codes.push(code.trim());
    else {
      const loinc = LOCAL.get(`${system ?? ''}|${code}`);
      if (loinc !== undefined) codes.push(loinc);
    }
  }
  return codes;
}

/** Whether a LOINC code is an eGFR by an equation older than CKD-EPI 2021. */
export function isOutdatedEgfr(loinc: string): boolean {
  return OUTDATED_EGFR.has(loinc);
}

/** Whether a LOINC code reports HbA1c on the IFCC scale. */
export function isIfccHba1c(loinc: string): boolean {
  return IFCC_HBA1C.has(loinc);
}
