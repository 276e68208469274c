import { describe, expect, it } from 'vitest';
import { branch, reset, step } from '../../../../../src/systems/cardio-renal-metabolic/environment/environment.ts';
import { EVENTS } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import { CHANNELS, VARIABLES } from '../../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { FLUCTUATIONS } from '../../../../../src/systems/cardio-renal-metabolic/state.ts';
import type { PatientState } from '../../../../../src/systems/cardio-renal-metabolic/state.ts';
import { WORLD_NAMES } from '../../../../../src/systems/cardio-renal-metabolic/worlds.ts';
import { NOTHING, aRegimen, playToEnd } from './builders.ts';

const TREATED = aRegimen({ lisinopril: 20, empagliflozin: 10, atorvastatin: 40 });

/** Someone who lives through the first year under nothing and under treatment. */
const survivor = reset('survivor', { observe: 'everything' });

describe('reset', () => {
  it('shows what a first visit measured, and tells the truth aside', () => {
    const { observation, info } = reset('first', { observe: 'clinic' });
    expect(observation.values.length).toBe(VARIABLES.length);
    expect(observation.values.some((value) => value === undefined)).toBe(true);
    expect(info.truth.every(Number.isFinite)).toBe(true);
    expect(observation.doses).toEqual(CHANNELS.map(() => 0));
    expect(observation).toMatchObject({ day: 0, events: [] });
  });

  it('shows everything when asked to', () => {
    expect(survivor.observation.values.every((value) => value !== undefined)).toBe(true);
  });

  it('draws the same person from the same seed, and another from another', () => {
    expect(reset('a')).toEqual(reset('a'));
    expect(reset('a').info.truth).not.toEqual(reset('b').info.truth);
  });

  it('begins under what was taken before', () => {
    const treated = reset('a', { before: TREATED, observe: 'everything' });
    const untreated = reset('a', { observe: 'everything' });
    expect(treated.info.individual).toEqual(untreated.info.individual);
    expect(treated.info.truth[2]).toBeLessThan(untreated.info.truth[2] ?? 0);
  });

  it.each(WORLD_NAMES)('opens the world %s', (world) => {
    expect(step(reset('w', { world }).episode, TREATED, 30).info.truth.every(Number.isFinite)).toBe(true);
  });

  it.each([0, -5, Number.NaN])('refuses a horizon of %d days', (horizon) => {
    expect(() => reset('a', { horizon })).toThrow(TypeError);
  });
});

describe('step', () => {
  it('gives the same bytes for the same seed and actions', () => {
    const play = (): string =>
      JSON.stringify(
        playToEnd(reset('again').episode, TREATED, 182).map(({ observation, reward, info }) => [
          observation,
          reward,
          info,
        ]),
      );
    expect(play()).toBe(play());
  });

  it('leaves the episode that it was given as it was', () => {
    const before = structuredClone(survivor.episode.state);
    step(survivor.episode, TREATED, 90);
    expect(survivor.episode.state).toEqual(before);
    expect(survivor.episode.day).toBe(0);
  });

  it('takes doses as it takes the regimen that they stand for', () => {
    const doses = CHANNELS.map(({ id }) => (id === 'acei' ? 1 : 0));
    expect(step(survivor.episode, doses, 28)).toEqual(step(survivor.episode, aRegimen({ lisinopril: 20 }), 28));
  });

  it('lives twelve weeks in one step as in three of four weeks', () => {
    const whole = step(survivor.episode, TREATED, 84);
    let parts = step(survivor.episode, TREATED, 28);
    const rewards = [parts.reward];
    for (let month = 1; month < 3; month += 1) {
      parts = step(parts.episode, TREATED, 28);
      rewards.push(parts.reward);
    }
    expect(parts.info.truth).toEqual(whole.info.truth);
    expect(rewards.reduce((sum, reward) => sum + reward)).toBeCloseTo(whole.reward, 10);
  });

  it('is truncated at the horizon, in a last step that is cut short, and refuses to go on', () => {
    const { episode } = reset('survivor', { horizon: 100 });
    const last = step(step(episode, NOTHING, 60).episode, NOTHING, 60);
    expect(last).toMatchObject({ truncated: true, terminated: false, observation: { day: 100 } });
    expect(() => step(last.episode, NOTHING, 1)).toThrow('has ended');
  });

  it.each([
    ['an unknown drug', { id: 'x', drugs: [{ ingredient: 'snake oil', dailyDose: { value: 1, unit: 'mg/d' } }] }],
    [
      'insulin in milligrams',
      { id: 'x', drugs: [{ ingredient: 'insulin glargine', dailyDose: { value: 1, unit: 'mg/d' } }] },
    ],
    [
      'a dose above the highest',
      { id: 'x', drugs: [{ ingredient: 'lisinopril', dailyDose: { value: 81, unit: 'mg/d' } }] },
    ],
    [
      'a dose below nothing',
      { id: 'x', drugs: [{ ingredient: 'lisinopril', dailyDose: { value: -1, unit: 'mg/d' } }] },
    ],
    ['too few doses', [1, 0]],
    ['a dose that is no number', CHANNELS.map(() => Number.NaN)],
  ] as const)('refuses %s', (_, action) => {
    expect(() => step(survivor.episode, action, 30)).toThrow(TypeError);
  });

  it.each([0, -1, Number.NaN])('refuses a step of %d days', (days) => {
    expect(() => step(survivor.episode, NOTHING, days)).toThrow(TypeError);
  });
});

describe('death', () => {
  const ends = Array.from({ length: 120 }, (_, person) =>
    playToEnd(reset(`mortal-${person}`).episode, NOTHING, 182),
  ).map((transitions) => transitions.at(-1));
  const deaths = ends.filter((end) => end?.terminated === true);

  it('takes some and leaves most within five years', () => {
    expect(deaths.length).toBeGreaterThan(2);
    expect(deaths.length).toBeLessThan(ends.length / 2);
  });

  it('terminates the episode on its day, and is the last thing that happens', () => {
    for (const end of deaths) {
      const last = end?.observation.events.filter(({ isFatal }) => isFatal);
      expect(last?.length).toBe(1);
      expect(last?.[0]?.day).toBeCloseTo(end?.observation.day ?? 0, 9);
      expect(end?.observation.events.every(({ day }) => day <= (last?.[0]?.day ?? 0) + 1e-9)).toBe(true);
      expect(end?.truncated).toBe(false);
    }
  });

  it('leaves nothing to measure and nowhere to go', () => {
    for (const end of deaths) {
      expect(end?.observation.values.every((value) => value === undefined)).toBe(true);
      expect(() => end && step(end.episode, NOTHING, 30)).toThrow('has ended');
    }
  });

  it('costs every year that it took', () => {
    for (const end of deaths) {
      const { horizon } = end?.episode.setting ?? { horizon: 0 };
      expect(end?.info.outcomes.life_lost).toBeCloseTo((horizon - (end?.observation.day ?? 0)) / 365.25, 9);
    }
  });
});

describe('branch', () => {
  it('lives on as the original did under the same regimen, to the byte', () => {
    const [one, other] = branch(survivor.episode, [TREATED, TREATED], 91);
    expect(one).toEqual(step(survivor.episode, TREATED, 91));
    expect(other).toEqual(one);
  });

  it('shares the fluctuations of every variable under another regimen', () => {
    const [without, under] = branch(survivor.episode, [NOTHING, TREATED], 91);
    const fluctuations = (state?: PatientState): readonly number[] => [...(state ?? [])].slice(FLUCTUATIONS);
    expect(fluctuations(under?.episode.state)).toEqual(fluctuations(without?.episode.state));
    expect(under?.info.truth).not.toEqual(without?.info.truth);
  });

  it('shares the chance of events that no drug touches', () => {
    // Without diabetes and with nothing in common with any drug's row: what is not moved strikes on the same day.
    const untouched = (events: readonly { readonly id: string; readonly day: number }[]): readonly unknown[] =>
      events.filter(({ id }) => id === 'hospitalisation_other').map(({ id, day }) => [id, day.toFixed(6)]);
    for (let person = 0; person < 20; person += 1) {
      const { episode } = reset(`shared-${person}`, { horizon: 365 });
      const [without, under] = branch(episode, [NOTHING, aRegimen({ ezetimibe: 10 })], 365);
      if (without?.terminated === true || under?.terminated === true) continue;
      expect(untouched(under?.observation.events ?? [])).toEqual(untouched(without?.observation.events ?? []));
    }
  });

  it('counts what is lasting once, and what passes again only after a drug was stopped', () => {
    const once = EVENTS.filter(({ kind }) => kind === 'first' || kind === 'reversible').map(({ id }): string => id);
    for (let person = 0; person < 15; person += 1) {
      const events = playToEnd(reset(`once-${person}`, { horizon: 1000 }).episode, TREATED, 100).flatMap(
        ({ observation }) => observation.events,
      );
      const counted = events.map(({ id }) => id).filter((id) => once.includes(id));
      expect(counted.length).toBe(new Set(counted).size);
    }
  });
});
