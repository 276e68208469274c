import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { DAYS_A_YEAR, instant } from '../../../../src/core/time.ts';
import { whoAtStart } from '../../../../src/systems/cardio-renal-metabolic/chart.ts';
import { renderFhirRecord } from '../../../../src/systems/cardio-renal-metabolic/render-fhir.ts';
import { ageOf } from '../../../../src/systems/cardio-renal-metabolic/virtual-patient.ts';
import { worldOf } from '../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { drawVirtualPatient, historyOf } from '../../../../src/systems/cohort.ts';

const WORLD = worldOf('none');
const OLDER = Array.from({ length: 60 }, (_, person) => drawVirtualPatient(WORLD, seededRandom(`age/${person}`))).find(
  ({ today }) => today > 2 * DAYS_A_YEAR,
);
const NOW = Date.UTC(2026, 0, 1);

describe('a person who has lived through a record of years', () => {
  if (OLDER === undefined) throw new TypeError('nobody of the sample has a record of two years');
  const age = OLDER.individual.person.age + OLDER.today / DAYS_A_YEAR;
  const history = historyOf(OLDER, seededRandom('problems'));

  it('is older now than at its start, by the days that have passed', () => {
    expect(ageOf(OLDER.individual, OLDER.state)).toBeCloseTo(age, 6);
  });

  it('has the age of now in what a record shows', () => {
    expect(history.covariates.age).toBeCloseTo(age, 6);
  });

  it('has the date of birth of that age in the FHIR record', () => {
    const record = renderFhirRecord(OLDER, {
      patientId: 'older',
      asOf: instant(NOW),
      name: { family: 'Older', given: 'Anna' },
    });
    const born = record.find(({ resourceType }) => resourceType === 'Patient')?.birthDate;
    expect((NOW - Date.parse(String(born))) / 86_400_000 / DAYS_A_YEAR).toBeCloseTo(age, 1);
  });

  it('is believed to have been younger when the record began', () => {
    const first = history.visits[0]?.daysBeforeNow ?? 0;
    expect(whoAtStart(history).age).toBeCloseTo(age - first / DAYS_A_YEAR, 6);
  });
});

it('a patient without any visit is as old at the start of belief as now', () => {
  const covariates = { age: 60, female: true, traits: [] };
  expect(whoAtStart({ asOf: instant(0), covariates, visits: [], doses: [] })).toEqual({ age: 60, female: true });
});
