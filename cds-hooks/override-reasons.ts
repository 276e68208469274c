import { CANONICAL } from '../src/web/canonical.ts';
import type { Coding } from './card.ts';

const SYSTEM = `${CANONICAL}/CodeSystem/override-reason`;

/** Why a clinician may go another way. Codes are stable, so that they can be counted over years (interop CARD-12). */
export const OVERRIDE_REASONS: readonly Coding[] = [
  { system: SYSTEM, code: 'benefit-outweighs', display: 'The benefit outweighs this risk' },
  { system: SYSTEM, code: 'already-monitored', display: 'Monitoring is already arranged' },
  { system: SYSTEM, code: 'record-outdated', display: 'The record is out of date' },
  { system: SYSTEM, code: 'record-wrong', display: 'The record is wrong' },
  { system: SYSTEM, code: 'not-this-patient', display: 'Does not apply to this patient' },
  { system: SYSTEM, code: 'patient-wish', display: 'The patient wishes otherwise' },
  { system: SYSTEM, code: 'other', display: 'Another reason' },
];

/** The code of a reason from our own list; undefined for any other, which could hold words about the patient. */
export function ownReasonCode(reason: {
  readonly code?: string | null | undefined;
  readonly system?: string | null | undefined;
}): string | undefined {
  const isOurs = reason.system == null || reason.system === SYSTEM;
  return isOurs ? OVERRIDE_REASONS.find(({ code }) => code === reason.code)?.code : undefined;
}
