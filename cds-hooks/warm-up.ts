import { instant } from '../src/core/time.ts';
import { SAMPLES } from '../src/planner/roll-out.ts';
import type { RecommendParts } from '../src/pipeline/recommend.ts';

/** Resources of nobody: enough to build the indexes of drugs and conditions and to start the unit converter. */
const NOBODY = [
  { resourceType: 'Patient', id: 'nobody' },
  {
    resourceType: 'Observation',
    status: 'final',
    subject: { reference: 'Patient/nobody' },
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
    effectiveDateTime: '1970-01-01',
    valueQuantity: { value: 4, unit: 'mEq/L' },
  },
  {
    resourceType: 'MedicationRequest',
    subject: { reference: 'Patient/nobody' },
    medicationCodeableConcept: { text: 'x' },
  },
  { resourceType: 'Condition', subject: { reference: 'Patient/nobody' }, code: { text: 'x' } },
] as const;

/**
 * Makes the first answer as quick as the later ones: builds the tables' indexes and runs the model once, on nobody.
 *
 * @throws AppError `model.unavailable` when the model does not answer; the caller decides what that costs.
 */
export async function warmUp({ system, model, buildRecord }: RecommendParts): Promise<void> {
  const asOf = instant(0);
  const given = { observations: 'given', medications: 'given', conditions: 'given', allergies: 'given' } as const;
  buildRecord({ patientId: 'nobody', resources: NOBODY, availability: given, keys: {} }, { system, asOf });
  const doses = system.channels.map(() => 0);
  const covariates = { age: 70, female: true, traits: system.traits.map(() => undefined) };
  const belief = await model.encode({ asOf, covariates, visits: [], doses });
  const regimens = [{ id: 'nothing', drugs: [] }];
  await model.rollOut(belief, regimens, { days: system.horizon, samples: SAMPLES, seed: 'warm-up' });
}
