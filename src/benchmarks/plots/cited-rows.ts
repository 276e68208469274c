import { PARAMETER_ROWS } from '../../systems/cardio-renal-metabolic/parameter-rows.ts';
import correlations from '../../systems/cardio-renal-metabolic/parameters/correlations.json' with { type: 'json' };

/** What the pages say of a parameter row. */
interface PublishedRow {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly basis: string;
}

/** Every row that moves a virtual patient or strikes one. */
export const CITED_ROWS: readonly PublishedRow[] = [...PARAMETER_ROWS, ...correlations];

/** The ids that begin with one of these. */
export function rowsNamed(...beginnings: readonly string[]): readonly string[] {
  return CITED_ROWS.map(({ id }) => id).filter((id) => beginnings.some((beginning) => id.startsWith(beginning)));
}
