import ucum from '@lhncbc/ucum-lhc';

import type { Unit } from '../core/quantity.ts';
import spellings from './unit-spellings.json' with { type: 'json' };

/** What has to be known of a substance to convert between its mass, amount and charge. */
export interface Substance {
  /** Unit: g/mol. */
  readonly molarMass?: number;
  /** Elementary charges of the ion. */
  readonly charge?: number;
}

/** Why a unit was not converted. */
export type UnitRefusal = 'unit-missing' | 'unit-unknown' | 'unit-mismatch';

export type Conversion = { readonly value: number } | { readonly refused: UnitRefusal };

/** A straight line from one unit to another: slope × value + offset. */
interface Line {
  readonly slope: number;
  readonly offset: number;
}

/**
 * The substances that the house converts.
 *
 * Creatinine: 113.12 g/mol (PubChem CID 588). Potassium: K⁺, one charge, so 1 mEq is 1 mmol. Glucose: 180.156 g/mol
 * (CID 5793). LDL and HDL are reported as the cholesterol in them: 386.65 g/mol (CID 5997). Triglycerides are reported as
 * triolein: 885.4 g/mol (CID 5497163). Urate is reported as uric acid: 168.11 g/mol (CID 1175). NT-proBNP: 8457 g/mol, by
 * which assays turn pmol/L into pg/mL (76 amino acids, UniProt P16860, 27–102).
 */
export const SUBSTANCES: Readonly<Record<string, Substance>> = {
  creatinine: { molarMass: 113.12 },
  potassium: { charge: 1 },
  fasting_glucose: { molarMass: 180.156 },
  ldl: { molarMass: 386.65 },
  hdl: { molarMass: 386.65 },
  triglycerides: { molarMass: 885.4 },
  urate: { molarMass: 168.11 },
  nt_probnp: { molarMass: 8457 },
};

/**
 * HbA1c by IFCC (mmol/mol) to NGSP (%): NGSP = 0.09148 × IFCC + 2.152.
 *
 * The NGSP/IFCC master equation (Hoelzel and others 2004, doi 10.1373/clinchem.2003.024802; coefficients as the NGSP
 * publishes them, ngsp.org/ifcc.asp). The two scales have different zeros, so a conversion by dimension alone is wrong.
 */
const IFCC_TO_NGSP: Line = { slope: 0.09148, offset: 2.152 };

/** Urine albumin by the amount of creatinine (mg/mmol) to that by its mass (mg/g), by the molar mass of creatinine. */
const PER_MMOL_TO_PER_GRAM: Line = { slope: 1000 / 113.12, offset: 0 };

/** Conversions that no dimension tells, by substance and UCUM code. */
const BY_SUBSTANCE: ReadonlyMap<string, Line> = new Map([
  ['hba1c|mmol/mol', IFCC_TO_NGSP],
  ['uacr|mg/mmol', PER_MMOL_TO_PER_GRAM],
  ['uacr|g/mol', PER_MMOL_TO_PER_GRAM],
]);

const SPELLINGS: ReadonlyMap<string, string> = new Map(spellings.map(({ spelling, ucum: code }) => [spelling, code]));

type Converter = ReturnType<typeof ucum.UcumLhcUtils.getInstance>;

let converter: Converter | undefined;
const lines = new Map<string, Line | UnitRefusal>();

/** Longer than any unit; a parser follows. */
const LONGEST_UNIT = 60;

/**
 * The characters of a UCUM code (UCUM §2–§6), no empty parentheses, nothing glued to an annotation.
 *
 * With anything else ucum-lhc prints the text on the console, where nothing that came with a patient may appear.
 */
const UCUM_CODE = /^(?!.*(?:\(\)|\}[^./)]))[A-Za-z0-9[\]{}()./*^%'"_+-]+$/;

/** The UCUM code that a unit's spelling stands for; the spelling itself when it is not in the table. */
export function ucumOf(spelling: string): string {
  const text = spelling.trim();
  return SPELLINGS.get(text.toLowerCase()) ?? text;
}

/**
 * Converts a value to one of the house's units, or says why not: without a unit nothing is guessed.
 *
 * `substance` is a key of `SUBSTANCES`, for conversions by molar mass or charge, or one of `BY_SUBSTANCE`: `hba1c` uses the
 * master equation, `uacr` the molar mass of its creatinine.
 */
export function convertUnit(value: number, from: string | undefined, to: Unit, substance?: string): Conversion {
  if (from === undefined || from.trim() === '') return { refused: 'unit-missing' };
  if (from.length > LONGEST_UNIT) return { refused: 'unit-unknown' };
  const code = ucumOf(from);
  const key = `${code}|${to}|${substance ?? ''}`;
  const known = lines.get(key) ?? lineBetween(code, to, substance);
  // Units arrive from outside; a bound keeps hostile input from filling the memory.
  if (lines.size < 10_000) lines.set(key, known);
  return typeof known === 'string' ? { refused: known } : { value: known.slope * value + known.offset };
}

function lineBetween(from: string, to: Unit, substance: string | undefined): Line | UnitRefusal {
  if (from === to) return { slope: 1, offset: 0 };
  if (!UCUM_CODE.test(from)) return 'unit-unknown';
  const line = BY_SUBSTANCE.get(`${substance ?? ''}|${withoutAnnotations(from)}`);
  if (line !== undefined) return line;
  // UCUM ignores what stands in braces, so it would pass a clearance that was never indexed to body surface.
  if (annotationsOf(from) !== annotationsOf(to) && to.includes('{')) return 'unit-mismatch';
  return convertByUcum(from, to, substance === undefined ? undefined : SUBSTANCES[substance]);
}

function convertByUcum(from: string, to: Unit, substance: Substance | undefined): Line | UnitRefusal {
  const { status, toVal, msg } = askUcum(from, 1, to, {
    ...(substance?.molarMass !== undefined && { molecularWeight: substance.molarMass }),
    ...(substance?.charge !== undefined && { charge: substance.charge }),
  });
  if (status === 'succeeded' && toVal !== null && Number.isFinite(toVal)) {
    return { slope: Number(toVal.toPrecision(12)), offset: 0 };
  }
  return msg.some((line) => /not a valid|unable to find|not found/i.test(line)) ? 'unit-unknown' : 'unit-mismatch';
}

function askUcum(...question: Parameters<Converter['convertUnitTo']>): ReturnType<Converter['convertUnitTo']> {
  converter ??= ucum.UcumLhcUtils.getInstance();
  try {
    return converter.convertUnitTo(...question);
  } catch {
    // ucum-lhc 7.1.10 throws on names of its own tables' prototype ("valueOf") and on some unbalanced brackets.
    return { status: 'failed', toVal: null, msg: ['not a valid UCUM code'] };
  }
}

/** What stands in braces says of what a unit is, and never how much (UCUM §6). */
function withoutAnnotations(code: string): string {
  return code.replace(/\{[^}]*\}/g, '');
}

function annotationsOf(code: string): string {
  return (code.match(/\{[^}]*\}/g) ?? []).join();
}
