import type { PatientRecord } from '../domain/record.ts';

/** In the words of a card. */
const PARTS = {
  allergies: 'allergies',
  conditions: 'conditions',
  medications: 'medications',
  observations: 'laboratory results and vital signs',
} as const satisfies Record<keyof PatientRecord['availability'], string>;

/** The parts of a record that nothing could be screened against: what was not given is unknown, never "none". */
export function unscreenedParts({ availability }: PatientRecord): readonly string[] {
  const parts = Object.keys(PARTS) as readonly (keyof typeof PARTS)[];
  return parts.filter((part) => ['absent', 'failed'].includes(availability[part])).map((part) => PARTS[part]);
}
