import { z } from 'zod';
import type { Fact } from '../domain/evidence.ts';

const SOURCE = z.strictObject({
  citation: z.string().min(1),
  pmid: z
    .union([z.string(), z.number()])
    .nullable()
    .transform((pmid) => (pmid === null ? null : String(pmid))),
  doi: z.string().nullable(),
  url: z.string().nullable().exactOptional(),
  where: z.string().min(1),
  year: z.number().int().nullable().exactOptional(),
});

/** The UCUM units in which a fact may state its value; "1" is a ratio. */
const UNIT = z.enum(['mmol/L', 'mL/min/{1.73_m2}', 'mL/min', 'mm[Hg]', '/min', '%', 'h', 'd', '1']);

/** What one row of a facts file must hold. */
const FACT = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/),
    kind: z.enum(['contraindication', 'interaction', 'threshold', 'monitoring', 'response', 'mechanism']),
    statement: z.string().min(1),
    value: z.number().nullable(),
    unit: UNIT.nullable(),
    basis: z.enum(['read', 'recalled']),
    strength: z.string().min(1),
    population: z.string().min(1),
    source: SOURCE,
  })
  .refine((row) => (row.value === null) === (row.unit === null), 'a value has a unit, and a unit a value');

/**
 * Reads the rows of a facts file.
 *
 * @throws TypeError listing every problem at once: facts ship with the code, so a bad one is the author's bug.
 */
export function parseFacts(rows: unknown): readonly Fact[] {
  const parsed = z.array(FACT).safeParse(rows);
  if (!parsed.success) throw new TypeError(`the facts are not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
