import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OBJECTIVES, OBJECTIVE_NAMES } from '../../../src/systems/cardio-renal-metabolic/environment/objectives.ts';
import { OUTCOME_IDS } from '../../../src/systems/cardio-renal-metabolic/environment/outcomes.ts';
import { openGymDesk } from '../../../src/cli/gym.ts';
import { VARIABLES } from '../../../src/systems/cardio-renal-metabolic/schema.ts';

type Answer = Readonly<Record<string, never>> & {
  readonly episode: number;
  readonly reward: number;
  readonly error?: string;
  readonly observation: { readonly day: number; readonly values: Readonly<Record<string, number | null>> };
  readonly info: {
    readonly truth: Readonly<Record<string, number>>;
    readonly outcomes: Readonly<Record<string, number>>;
  };
  readonly branches: readonly Answer[];
};

/** A desk that is asked in objects and answers what a reader of its JSON gets. */
function aDesk(): (request: object | string) => Answer {
  const desk = openGymDesk();
  return (request) => {
    const answer = desk.answer(typeof request === 'string' ? request : JSON.stringify(request));
    return JSON.parse(JSON.stringify(answer ?? {})) as Answer;
  };
}

const order = { regimen: { lisinopril: 20, 'insulin glargine': 20 } };

describe('the gym in lines of JSON', () => {
  it('resets and steps by episode number', () => {
    const ask = aDesk();
    const start = ask({ do: 'reset', seed: 7, options: { objective: 'kidney', observe: 'everything' } });
    const next = ask({ do: 'step', episode: start.episode, order, days: 90 });
    expect(start.episode).toBe(1);
    expect(next.episode).toBe(1);
    expect(next.observation.day).toBe(90);
    expect(Object.keys(next.observation.values)).toEqual(VARIABLES.map(({ id }) => id));
    expect(next).toMatchObject({ terminated: false, truncated: false });
    expect(next.reward).toBeCloseTo(
      -10 * (next.info.outcomes.life_lost ?? 0) - 0.2 * (next.info.outcomes.kidney ?? 0),
      9,
    );
  });

  it('writes null for what was not measured', () => {
    const { observation } = aDesk()({ do: 'reset', seed: 'first' });
    expect(Object.values(observation.values)).toContain(null);
    expect(Object.keys(observation.values).length).toBe(VARIABLES.length);
  });

  it('answers the same lines with the same bytes', () => {
    const play = (): string => {
      const ask = aDesk();
      return JSON.stringify([
        ask({ do: 'reset', seed: 3 }),
        ask({ do: 'step', episode: 1, order, days: 30 }),
        ask({ do: 'branch', episode: 1, orders: [order, { regimen: {} }], days: 30 }),
      ]);
    };
    expect(play()).toBe(play());
  });

  it('branches into new episodes and leaves the old one where it was', () => {
    const ask = aDesk();
    ask({ do: 'reset', seed: 7 });
    const { branches } = ask({ do: 'branch', episode: 1, orders: [order, { doses: { mra: 1 } }], days: 28 });
    expect(branches.map(({ episode }) => episode)).toEqual([2, 3]);
    const same = ask({ do: 'step', episode: 1, order, days: 28 });
    expect(same.info).toEqual(branches[0]?.info);
    expect(branches[1]?.info.truth).not.toEqual(same.info.truth);
    expect(ask({ do: 'step', episode: 3, order, days: 28 }).observation.day).toBe(56);
  });

  it('describes what can be seen, done and wanted, each with its unit', () => {
    const text = JSON.stringify(aDesk()({ do: 'describe' }));
    for (const word of ['"uacr"', '"insulin glargine"', '"U/d"', '"balanced"', '"posterior-<k>"', '"kidney_failure"']) {
      expect(text).toContain(word);
    }
  });

  it('is documented: every outcome, objective, option and verb stands in docs/gym.md', () => {
    const page = readFileSync(new URL('../../../docs/gym.md', import.meta.url), 'utf8');
    const words = [...OUTCOME_IDS, ...OBJECTIVE_NAMES, 'world', 'horizon', 'observe', 'before'].map(
      (word) => `\`${word}\``,
    );
    const verbs = ['describe', 'reset', 'step', 'branch', 'close'].map((verb) => `{"do":"${verb}"`);
    expect([...words, ...verbs].filter((text) => !page.includes(text))).toEqual([]);
    const weights = Object.entries(OBJECTIVES).map(([name, own]) => {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``) && line.includes('life_lost'));
      return [name, Object.entries(own).filter(([id, weight]) => row?.includes(`${weight} \`${id}\``) !== true)];
    });
    expect(weights.filter(([, missing]) => missing?.length !== 0)).toEqual([]);
  });

  it('forgets an episode that is closed', () => {
    const ask = aDesk();
    ask({ do: 'reset', seed: 1 });
    expect(ask({ do: 'close', episode: 1 })).toEqual({ closed: true });
    expect(ask({ do: 'step', episode: 1, order, days: 30 }).error).toContain('no episode 1');
  });

  it('ends on close', () => {
    expect(openGymDesk().answer('{"do":"close"}')).toBeUndefined();
  });

  it.each([
    ['no JSON', 'hello', /JSON/],
    ['no verb', { seed: 1 }, /do/],
    ['an unknown verb', { do: 'fly' }, /do/],
    ['a field too many', { do: 'reset', seed: 1, sed: 2 }, /sed/],
    ['an unknown world', { do: 'reset', seed: 1, options: { world: 'mars' } }, /world/],
    ['an unknown objective', { do: 'reset', seed: 1, options: { objective: 'fame' } }, /objective/],
    ['an unknown drug', { do: 'step', episode: 1, order: { regimen: { 'snake oil': 1 } }, days: 1 }, /snake oil/],
    ['an unknown channel', { do: 'step', episode: 1, order: { doses: { oil: 1 } }, days: 1 }, /oil/],
    ['a dose too high', { do: 'step', episode: 1, order: { regimen: { lisinopril: 999 } }, days: 1 }, /lisinopril/],
    ['no days', { do: 'step', episode: 1, order, days: 0 }, /days/],
    ['a horizon beyond any life', { do: 'reset', seed: 1, options: { horizon: 1e300 } }, /horizon/],
    ['no order', { do: 'branch', episode: 1, orders: [], days: 3 }, /orders/],
  ])('answers %s with an error and goes on', (_, request, said) => {
    const ask = aDesk();
    ask({ do: 'reset', seed: 1 });
    expect(ask(request).error).toMatch(said);
    expect(ask({ do: 'step', episode: 1, order, days: 7 }).observation.day).toBe(7);
  });
});
