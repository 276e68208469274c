import { at } from '../../core/array.ts';
import type { DosedDrug } from '../../domain/intervention.ts';
import type { Intervention } from '../../domain/system.ts';
import type { ArmIntervention, TrialArm } from '../trial-file.ts';
import { PRESSURE_FALL, pressureTargetOf } from './pressure-codes.ts';
import { formulationOf, interventionOfCode, isInert, readDose, usualDoseOf } from './treatment-codes.ts';

/** One drug of an arm over time: each dose holds from its day until the next; unit of doses: that of the intervention. */
export interface DrugCourse {
  readonly intervention: Intervention;
  readonly steps: readonly { readonly day: number; readonly dose: number }[];
  /** Set where the dose goes up the ladder until fasting glucose is on target. */
  readonly isToEffect: boolean;
  /** Unset where the arm gives neither dose nor doseMax, so that the usual dose was taken. */
  readonly isDoseStated: boolean;
}

/** What one person of an arm gets on top of the background. */
export interface PersonPlan {
  readonly courses: readonly DrugCourse[];
  /** Systolic pressure (mm[Hg]) that drugs are added for until it is reached. */
  readonly pressureTarget?: number;
  /** Fall of systolic pressure (mm[Hg]) that drugs are dosed for. */
  readonly pressureFall?: number;
}

/** What an arm gives: one plan for everyone, or several of which each person gets exactly one. */
export interface ArmPlan {
  readonly alternatives: readonly { readonly share: number; readonly plan: PersonPlan }[];
}

/** A plan, or why there is none. */
export type Planned = { readonly ok: true; readonly plan: ArmPlan } | { readonly ok: false; readonly reason: string };

type PlannedPart = { readonly ok: true; readonly plan: PersonPlan } | { readonly ok: false; readonly reason: string };

/** Days between two steps up: of weekly and of daily drugs. Labels of GLP-1 receptor agonists step every four weeks. */
const STEP_DAYS = { weekly: 28, daily: 14 } as const;

/** Reads an arm as what its people get, and when. */
export function planArm({ interventions }: TrialArm): Planned {
  const parts = interventions.map((intervention) => ({ share: intervention.share, part: planPart(intervention) }));
  const [failed] = parts.flatMap(({ part }) => (part.ok ? [] : [part.reason]));
  if (failed !== undefined) return { ok: false, reason: failed };
  const plans = parts.flatMap(({ share, part }) => (part.ok ? [{ share, plan: part.plan }] : []));
  if (plans.every(({ share }) => share !== undefined)) {
    return { ok: true, plan: { alternatives: plans.map(({ share = 0, plan }) => ({ share, plan })) } };
  }
  return { ok: true, plan: { alternatives: [{ share: 1, plan: together(plans.map(({ plan }) => plan)) }] } };
}

/** The drugs of a plan at their final doses: what a model that takes constant regimens is asked about. */
export function finalDrugsOf({ courses }: PersonPlan): readonly DosedDrug[] {
  return courses.map(({ intervention: { ingredient, unit }, steps }) => ({
    ingredient,
    dailyDose: { value: steps.at(-1)?.dose ?? 0, unit },
  }));
}

function together(plans: readonly PersonPlan[]): PersonPlan {
  return plans.reduce((all, plan) => ({ ...all, ...plan, courses: [...all.courses, ...plan.courses] }), {
    courses: [],
  });
}

function planPart(given: ArmIntervention): PlannedPart {
  if (isInert(given.code)) return { ok: true, plan: { courses: [] } };
  const pressureTarget = pressureTargetOf(given.code);
  if (pressureTarget !== undefined) return { ok: true, plan: { courses: [], pressureTarget } };
  if (given.code === PRESSURE_FALL) return planFall(given);
  const intervention = interventionOfCode(given.code);
  if (intervention === undefined) return { ok: false, reason: `the system has no row for ${given.code}` };
  return planDrug(formulationOf(intervention, given.dose ?? given.doseMax, given.unit), given);
}

function planFall({ dose, unit }: ArmIntervention): PlannedPart {
  if (dose === undefined || unit !== 'mm[Hg]') return { ok: false, reason: `${PRESSURE_FALL} needs its mm[Hg]` };
  return { ok: true, plan: { courses: [], pressureFall: dose } };
}

function planDrug(intervention: Intervention, given: ArmIntervention): PlannedPart {
  const asked = given.dose ?? given.doseMax;
  const isToEffect = given.titrated && intervention.channel === 'insulin' && given.doseMax === undefined;
  const read = [asked, given.doseMin].map((dose) =>
    dose === undefined ? undefined : readDose(intervention, dose, given.unit),
  );
  const [refused] = read.flatMap((dose) => (dose?.ok === false ? [dose.reason] : []));
  if (refused !== undefined) return { ok: false, reason: refused };
  const [final, lowest] = read.map((dose) => (dose?.ok === true ? dose.daily : undefined));
  const steps = isToEffect
    ? [{ day: 0, dose: final ?? lowest ?? at(intervention.ladder, 0) }]
    : given.titrated
      ? ramp(intervention, lowest, final ?? usualDoseOf(intervention))
      : [{ day: 0, dose: final ?? usualDoseOf(intervention) }];
  return { ok: true, plan: { courses: [{ intervention, steps, isToEffect, isDoseStated: asked !== undefined }] } };
}

/** The doses of a titration: up the usual doses from the lowest to the final one, at even steps. */
function ramp(
  { ladder, dosesPerDay }: Intervention,
  lowest: number | undefined,
  final: number,
): readonly { readonly day: number; readonly dose: number }[] {
  const start = lowest ?? ladder[0] ?? final;
  const between = ladder.filter((dose) => dose > start * 1.01 && dose < final * 0.99);
  const doses = [...(start < final * 0.99 ? [start] : []), ...between, final];
  const stepDays = dosesPerDay < 1 ? STEP_DAYS.weekly : STEP_DAYS.daily;
  return doses.map((dose, index) => ({ day: index * stepDays, dose }));
}
