import type { PatientRecord } from '../domain/record.ts';

const PARTS = ['allergies', 'conditions', 'medications'] as const;

/** The parts of a record that nothing could be screened against: what was not given is unknown, never "none". */
export function unscreenedParts({ availability }: PatientRecord): readonly string[] {
  return PARTS.filter((part) => availability[part] === 'absent' || availability[part] === 'failed');
}
