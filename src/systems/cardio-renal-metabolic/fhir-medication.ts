import { drugRow } from '../../terminology/drugs.ts';
import type { Concept, FhirResource } from './fhir-resource.ts';
import { SNOMED, drugConcept, ucumQuantity } from './fhir-resource.ts';
import type { Prescribed } from './prescription.ts';
import { dailyDoseOf } from './prescription.ts';

/**
 * `coded`: RxNorm, timing and dose as elements; `name`: the same without a code; `sentence`: a brand and a sig in words;
 * `shorthand`: a name and a sig in the letters of prescribers.
 */
export type Writing = 'coded' | 'name' | 'sentence' | 'shorthand';

/** Who is ordered what, and how the order is written. */
export interface OrderFrame {
  readonly id: string;
  readonly patientId: string;
  readonly status: 'draft' | 'active' | 'stopped';
  readonly authoredOn: string;
  readonly writing: Writing;
  readonly ended?: string;
}

interface Route {
  readonly code: string;
  readonly display: string;
  readonly text: string;
  readonly verb: string;
  readonly adverb: string;
  readonly letters: string;
}

const ORAL: Route = {
  code: '26643006',
  display: 'Oral route',
  text: 'oral',
  verb: 'Take',
  adverb: 'by mouth',
  letters: 'PO',
};
const SUBCUTANEOUS: Route = {
  code: '34206005',
  display: 'Subcutaneous route',
  text: 'subcutaneous',
  verb: 'Inject',
  adverb: 'subcutaneously',
  letters: 'SC',
};

/** Classes that are injected under the skin; semaglutide is also swallowed. */
const INJECTED: ReadonlySet<string> = new Set(['glp1ra', 'gip_glp1ra', 'insulin', 'pcsk9i']);
const SWALLOWED: ReadonlySet<string> = new Set(['semaglutide-oral']);

const TIMES_A_DAY = ['never', 'once daily', 'twice daily', 'three times daily', 'four times daily'] as const;
const LETTERS_A_DAY = ['never', 'daily', 'bid', 'tid', 'qid'] as const;

/** What one administration holds, and how often it is due. */
interface Schedule {
  readonly dose: number;
  readonly unit: 'mg' | 'U';
  readonly words: string;
  readonly letters: string;
  readonly repeat: object;
}

/** An order or prescription of one drug: the usual split of its daily dose, weekly drugs a week at a time. */
export function medicationRequest(drug: Prescribed, frame: OrderFrame): FhirResource {
  const { id, patientId, status, authoredOn, ended, writing } = frame;
  const schedule = scheduleOf(drug);
  return {
    resourceType: 'MedicationRequest',
    id,
    status,
    intent: 'order',
    medicationCodeableConcept: conceptOf(drug, schedule, writing),
    subject: { reference: `Patient/${patientId}` },
    authoredOn,
    dosageInstruction: [dosageOf(drug, schedule, writing)],
    ...(ended === undefined ? {} : { dispenseRequest: { validityPeriod: { start: authoredOn, end: ended } } }),
  };
}

/** A programme that people follow instead of swallowing: a referral, which names it in words. */
export function programmeRequest(drug: Prescribed, frame: OrderFrame): FhirResource {
  const { id, patientId, status, authoredOn, ended } = frame;
  return {
    resourceType: 'ServiceRequest',
    id,
    status: status === 'stopped' ? 'completed' : status,
    intent: 'order',
    code: { text: drug.intervention.ingredient.replaceAll('-', ' ') },
    subject: { reference: `Patient/${patientId}` },
    authoredOn,
    occurrencePeriod: { start: authoredOn, ...(ended === undefined ? {} : { end: ended }) },
  };
}

/** Whether it is a programme and no drug. */
export function isProgramme({ intervention }: Prescribed): boolean {
  return intervention.unit === '1';
}

function routeOf({ intervention: { channel, ingredient } }: Prescribed): Route {
  return INJECTED.has(channel) && !SWALLOWED.has(ingredient) ? SUBCUTANEOUS : ORAL;
}

function scheduleOf(drug: Prescribed): Schedule {
  const { dosesPerDay, unit } = drug.intervention;
  // Rows hold weekly doses as rounded sevenths; a pen holds what was meant.
  const dose = Number((dailyDoseOf(drug) / dosesPerDay).toPrecision(4));
  const amount = { dose, unit: unit === 'U/d' ? ('U' as const) : ('mg' as const) };
  if (dosesPerDay >= 1) {
    const words = TIMES_A_DAY[dosesPerDay] ?? `${dosesPerDay} times a day`;
    return {
      ...amount,
      words,
      letters: LETTERS_A_DAY[dosesPerDay] ?? words,
      repeat: { frequency: dosesPerDay, period: 1, periodUnit: 'd' },
    };
  }
  const weeks = Math.round(1 / dosesPerDay / 7);
  const words = weeks === 1 ? 'once weekly' : `every ${weeks} weeks`;
  const letters = weeks === 1 ? 'weekly' : `q${weeks}w`;
  return { ...amount, words, letters, repeat: { frequency: 1, period: weeks, periodUnit: 'wk' } };
}

function conceptOf(drug: Prescribed, schedule: Schedule, writing: Writing): Concept {
  const { ingredient } = drug.intervention;
  if (writing === 'sentence') return { text: `${brandOf(ingredient)} ${amountIn(schedule)}` };
  if (writing === 'shorthand') return { text: spokenName(ingredient) };
  return drugConcept(
    ingredient,
    `${spokenName(ingredient)} ${amountIn(schedule)} ${formOf(drug)}`,
    writing === 'coded',
  );
}

/** How a list names a drug whose row says more than a name does ("semaglutide-oral"). */
function spokenName(ingredient: string): string {
  return SPOKEN[ingredient] ?? ingredient;
}

const SPOKEN: Readonly<Record<string, string>> = {
  'semaglutide-oral': 'oral semaglutide',
  'exenatide-twice-daily': 'Byetta',
};

function formOf(drug: Prescribed): string {
  return routeOf(drug) === ORAL ? 'oral' : 'pen';
}

/** A brand where the house knows one: they begin with a capital letter and are one word. */
function brandOf(ingredient: string): string {
  return drugRow(ingredient)?.names.find((name) => /^[A-Z][a-z]+$/.test(name)) ?? spokenName(ingredient);
}

function amountIn({ dose, unit }: Schedule): string {
  return unit === 'U' ? `${dose} units` : `${dose} mg`;
}

function dosageOf(drug: Prescribed, schedule: Schedule, writing: Writing): object {
  const route = routeOf(drug);
  if (writing === 'sentence') return { text: `${route.verb} ${amountIn(schedule)} ${route.adverb} ${schedule.words}` };
  if (writing === 'shorthand') return { text: `${amountIn(schedule)} ${route.letters} ${schedule.letters}` };
  return {
    text: `${amountIn(schedule)} ${schedule.words}`,
    timing: { repeat: schedule.repeat },
    route: { coding: [{ system: SNOMED, code: route.code, display: route.display }], text: route.text },
    doseAndRate: [{ doseQuantity: ucumQuantity(schedule.dose, schedule.unit === 'U' ? '[iU]' : 'mg') }],
  };
}
