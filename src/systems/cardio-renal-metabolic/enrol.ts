import type { Random } from '../../core/random.ts';
import { clinicAt } from './clinics.ts';
import type { ClinicHabits } from './clinic-habits.ts';
import { COHORT_DESIGN } from './cohort-design.ts';
import { drawCorrelatedScores } from './correlations.ts';
import { individualFrom, personFrom, setpointsFrom } from './individual.ts';
import type { Individual, Person, Setpoints } from './individual.ts';
import type { World } from './worlds.ts';

/** A person as drawn, with what no record says. */
export interface Enrolment {
  readonly individual: Individual;
  /** The clinic whose people this one was drawn from. */
  readonly clinic: string;
  /** In standard deviations; 0 in a world without hidden frailty. */
  readonly frailty: number;
}

interface Start {
  readonly person: Person;
  readonly setpoints: Setpoints;
}

type Support = keyof typeof COHORT_DESIGN.support;

/**
 * Draws a virtual patient's constants: first the clinic, then the person, whose setpoints go together as published;
 * in some, evenly over the support that a model should know.
 */
export function enrol(world: World, random: Random): Enrolment {
  const { id: clinic, parameters } = clinicAt(world.clinics, random.split('clinic').uniform());
  const scores = drawCorrelatedScores(random);
  const person = personFrom(parameters, scores);
  const drawn = { person, setpoints: setpointsFrom(parameters, scores, person) };
  const wide = random.split('broad');
  const start = fitted(drawn, wide.uniform() < COHORT_DESIGN.broadShare ? anywhere(wide) : inside);
  const frailty = isHiding(world.habits) ? random.split('frailty').normal() : 0;
  const individual = individualFrom(parameters, scores, { ...start, structure: world.structure });
  return { individual: weakened(individual, world.habits, frailty), clinic, frailty };
}

function isHiding({ frailty }: ClinicHabits): boolean {
  return Object.values(frailty).some((strength) => strength !== 0);
}

/** Frailty shows in what becomes of a person, and nowhere else. */
function weakened(individual: Individual, { frailty: by }: ClinicHabits, frailty: number): Individual {
  if (frailty === 0) return individual;
  const { kidney, volumeEvent } = individual;
  return {
    ...individual,
    kidney: { ...kidney, declinePerDay: kidney.declinePerDay * Math.exp(by.decline * frailty) },
    volumeEvent: { ...volumeEvent, ratePerDay: volumeEvent.ratePerDay * Math.exp(by.illness * frailty) },
  };
}

/** Places a number in the support: the drawn one, or another. */
type Place = (value: number, name: Support) => number;

const inside: Place = (value, name) => {
  const [low, high] = COHORT_DESIGN.support[name].range;
  return Math.min(high, Math.max(low, value));
};

function anywhere(random: Random): Place {
  return (_, name) => {
    const support = COHORT_DESIGN.support[name];
    const [low, high] = support.range;
    const place = random.uniform();
    return 'logarithmic' in support ? low * (high / low) ** place : low + (high - low) * place;
  };
}

function fitted({ person, setpoints }: Start, place: Place): Start {
  const { heartFailure, reducedEjectionFraction, type2Diabetes, height } = person;
  const squareHeight = (height / 100) ** 2;
  const sbp = place(setpoints.sbp, 'sbp');
  const age = place(person.age, 'age');
  return {
    // Type 2 diabetes is a disease of adults here.
    person: { ...person, age, diabetesYears: Math.min(person.diabetesYears, age - COHORT_DESIGN.support.age.range[0]) },
    setpoints: {
      potassium: place(setpoints.potassium, 'potassium'),
      gfr: place(setpoints.gfr, 'gfr'),
      sbp,
      dbp: sbp * (1 - place(1 - setpoints.dbp / setpoints.sbp, 'pulseShare')),
      heartRate: place(setpoints.heartRate, 'heartRate'),
      weight: place(setpoints.weight / squareHeight, 'bmi') * squareHeight,
      hba1c: place(setpoints.hba1c, type2Diabetes ? 'hba1cDiabetes' : 'hba1cNoDiabetes'),
      ldl: place(setpoints.ldl, 'ldl'),
      hdl: place(setpoints.hdl, 'hdl'),
      triglycerides: place(setpoints.triglycerides, 'triglycerides'),
      uacr: place(setpoints.uacr, 'uacr'),
      ntProbnp: place(setpoints.ntProbnp, heartFailure ? 'ntProbnpHeartFailure' : 'ntProbnp'),
      lvef: place(setpoints.lvef, reducedEjectionFraction ? 'lvefReduced' : 'lvef'),
      urate: place(setpoints.urate, 'urate'),
    },
  };
}
