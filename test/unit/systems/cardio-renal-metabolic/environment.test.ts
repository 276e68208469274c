import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { openEnvironment } from '../../../../src/systems/cardio-renal-metabolic/environment.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { VARIABLES } from '../../../../src/systems/cardio-renal-metabolic/schema.ts';
import { doses } from './builders.ts';

const environment = openEnvironment(publishedParameters());

describe('the environment', () => {
  it('answers a reset and a step with one value a variable', () => {
    const random = seededRandom('episode');
    const start = environment.reset(random, doses());
    const next = environment.step(start, { doses: doses({ mra: 1 }), days: 90 }, random);
    expect(start.observation.length).toBe(VARIABLES.length);
    expect(next.observation.length).toBe(VARIABLES.length);
    expect(next.individual).toBe(start.individual);
  });

  it('plays the same episode from the same seed', () => {
    const play = (): readonly number[] => {
      const random = seededRandom('again');
      return environment.step(environment.reset(random, doses()), { doses: doses({ bb: 1 }), days: 7 }, random)
        .observation;
    };
    expect(play()).toEqual(play());
  });
});
