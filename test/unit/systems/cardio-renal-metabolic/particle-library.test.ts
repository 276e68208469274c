import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import {
  individualFrom,
  personFrom,
  setpointsFrom,
} from '../../../../src/systems/cardio-renal-metabolic/individual.ts';
import { publishedParameters } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { averageEntry, drawLibrary, embody } from '../../../../src/systems/cardio-renal-metabolic/particle-library.ts';
import { drawCorrelatedScores } from '../../../../src/systems/cardio-renal-metabolic/correlations.ts';
import { AVERAGE } from './builders.ts';

const parameters = publishedParameters();

describe('embody', () => {
  it('gives the very constants that the person would have been built with', () => {
    for (const [index, entry] of drawLibrary(parameters, 40).entries()) {
      const scores = drawCorrelatedScores(seededRandom(`host/${index}`));
      const person = personFrom(parameters, scores);
      const setpoints = setpointsFrom(parameters, scores, person);
      expect(embody(parameters, entry, { person, setpoints })).toEqual(
        individualFrom(parameters, entry.scores, { person, setpoints }),
      );
    }
  });
});

it('the average entry lies in the middle of every spread', () => {
  expect(averageEntry().scores).toEqual(AVERAGE);
});

it('the library is the same every time', () => {
  expect(drawLibrary(parameters, 3)).toEqual(drawLibrary(parameters, 3));
});
