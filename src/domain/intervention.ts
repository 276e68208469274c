import type { Measured } from '../core/quantity.ts';

/** An ingredient with its total daily dose. */
export interface DosedDrug {
  readonly ingredient: string;
  readonly dailyDose: Measured;
}

/** Everything a patient would take from now on, as far as the system's dynamics know it. */
export interface Regimen {
  readonly id: string;
  readonly drugs: readonly DosedDrug[];
}

/** An order that is about to be signed, read from `context.draftOrders`. */
export interface DraftOrder {
  /** "MedicationRequest/draft-1". */
  readonly reference: string;
  readonly ingredient: string;
  readonly drugClass: string;
  readonly dailyDose?: Measured;
  /** The FHIR resource as sent, for suggestions that replace it whole (interop SUG-05). */
  readonly resource: Readonly<Record<string, unknown>>;
}
