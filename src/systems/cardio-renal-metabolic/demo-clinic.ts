import { at } from '../../core/array.ts';
import { uuidOf } from '../../core/digest.ts';
import { seededRandom } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { toIso } from '../../core/time.ts';
import type { Instant } from '../../core/time.ts';
import { STORIES } from './demo-stories.ts';
import type { Story } from './demo-stories.ts';
import { medicationRequest } from './fhir-medication.ts';
import type { FhirResource } from './fhir-resource.ts';
import type { VirtualPatient } from './life.ts';
import { publishedParameters } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { allergyIntolerance, renderFhirRecord } from './render-fhir.ts';
import { liveScript, prescriptionOf } from './scripted-life.ts';
import { seenBy } from './seen.ts';
import type { VariableId } from './seen.ts';

/** One virtual patient of the demo clinic with chart and waiting order. */
export interface DemoPatient {
  readonly patientId: string;
  readonly name: string;
  readonly story: string;
  readonly resources: readonly FhirResource[];
  /** A MedicationRequest with status `draft`. */
  readonly draft: FhirResource;
}

/** Lives drawn for one story before it is given up as impossible. */
const MOST_LIVES = 20_000;

/**
 * Draws the demo clinic: named virtual patients, each with a story and an order that is about to be signed.
 *
 * `count`: how many of the stories, in their order. The same seed and `asOf` give the same resources.
 *
 * @throws RangeError when a story cannot be cast from the parameters.
 */
export function drawClinic(options: {
  readonly seed: string;
  readonly count: number;
  readonly asOf: Instant;
}): readonly DemoPatient[] {
  const parameters = publishedParameters();
  const random = seededRandom(`demo-clinic/${options.seed}`);
  return STORIES.slice(0, options.count).map((story) =>
    renderStory(story, castStory(parameters, story, random.split(story.id)), options.asOf),
  );
}

function castStory(parameters: Parameters, story: Story, random: Random): VirtualPatient {
  for (let life = 0; life < MOST_LIVES; life += 1) {
    const patient = liveScript(parameters, story.cast, random.split(String(life)));
    if (fits(story, patient)) return patient;
  }
  throw new RangeError(`no virtual patient fits the story ${story.id}`);
}

function fits({ ends }: Story, { visits }: VirtualPatient): boolean {
  const last = seenBy(visits.at(-1)?.values ?? []);
  return Object.entries(ends).every(([id, [low, high]]) => {
    const value = last[id as VariableId];
    return value !== undefined && value >= low && value <= high;
  });
}

function renderStory(story: Story, patient: VirtualPatient, asOf: Instant): DemoPatient {
  const { id: patientId, name, allergy } = story;
  const allergies =
    allergy === undefined
      ? []
      : [allergyIntolerance(allergy.substance, allergy.reaction, { id: uuidOf(patientId, 'allergy'), patientId })];
  return {
    patientId,
    name: `${name.given} ${name.family}`,
    story: story.text,
    resources: renderFhirRecord(patient, { patientId, asOf, name, problems: story.problems ?? [], allergies }),
    draft: draftOf(story, asOf),
  };
}

function draftOf({ id, draft }: Story, asOf: Instant): FhirResource {
  const prescription = prescriptionOf({ [draft.ingredient]: draft.dailyDose });
  const drug = at(
    prescription.flatMap((entry) => entry ?? []),
    0,
  );
  return medicationRequest(drug, {
    id: `draft-${id}`,
    patientId: id,
    status: 'draft',
    authoredOn: toIso(asOf),
    writing: 'coded',
  });
}
