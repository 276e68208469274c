import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/core/errors.ts';
import { FREE_PARAMETERS, freeParametersFrom } from '../../../../src/systems/cardio-renal-metabolic/free-parameters.ts';
import { eventConstantsFrom } from '../../../../src/systems/cardio-renal-metabolic/events/event-constants.ts';
import { directNameOf } from '../../../../src/systems/cardio-renal-metabolic/events/direct-effects.ts';
import { isEventId } from '../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import { PUBLISHED_ROWS } from '../../../../src/systems/cardio-renal-metabolic/parameter-rows.ts';
import { parametersFrom } from '../../../../src/systems/cardio-renal-metabolic/parameters.ts';
import { citedTrials, citingRowsOf } from '../../../../src/trials/cited-trials.ts';
import { frozenTrials } from '../../../../src/trials/frozen-rows.ts';

const ROWS = new Map(PUBLISHED_ROWS.map((row) => [row.id, row]));
const WITHHELD = PUBLISHED_ROWS.filter(({ without }) => without !== undefined);

/** The rows that rest on a calibration trial, by what their source says. */
const RESTING = citingRowsOf('published rows', PUBLISHED_ROWS).flatMap(({ id, trial }) =>
  trial !== undefined && frozenTrials().has(trial) ? [id] : [],
);

/** Calibration trials that the text of a row names without resting on them, and why the number does not. */
const NAMED_ONLY: ReadonlyMap<string, string> = new Map([
  ['biguanide.body_weight: GRADE', 'compared with the pool of six trials'],
  ['gip_glp1ra.hba1c: SURPASS-1', 'compared with the pool, whose place a start takes'],
  ['sgc.onset: VICTORIA', 'says why the class has no rows of effect; the half-life is of pharmacokinetics'],
  ['nt_probnp.hfref: VICTORIA', 'bore on the spread; the value is the median of a registry'],
  ['nt_probnp.hfpef: VICTORIA', 'bore on the spread; the value is the median of a registry'],
  ['egfr.decline: EMPA-KIDNEY', 'compared with a cohort'],
  ['cv_death_other.rate_reduced_ef: VICTORIA', 'a column of the table that is not used'],
  ['hf_hospitalisation.rate_reduced_ef: VICTORIA', 'a column of the table that is not used'],
  ['hf_hospitalisation.nt_probnp: DAPA-HF', 'a reference of the equations; the ratio is of a pool'],
  ['hf_hospitalisation.nt_probnp: EMPEROR-Reduced', 'a reference of the equations; the ratio is of a pool'],
  ['background.hospitalisation_other: EMPA-KIDNEY', 'a check of a rate of a national sample'],
]);

/** Effects that a stand-in turns around, and why. */
const TURNED: ReadonlyMap<string, string> = new Map([
  ['arni.aki', 'worse than no drug as an ARB, better than an ARB in the trial that is out'],
]);

/** Free parameters that start on the other side of no effect, and why. */
const STARTS_TURNED: ReadonlyMap<string, string> = new Map([
  ['event.dpp4i.stroke', 'the generic prior takes no side from the trials'],
  ['event.dpp4i.hf_hospitalisation', 'the generic prior takes no side from the trials'],
]);

/** On which side of no effect a value of a row is: a ratio of hazards counts from 1. */
function sideOf(id: string, value: number): number {
  const isRatio = directNameOf(id) !== undefined || (isEventId(id.split('.')[0] ?? '') && ROWS.get(id)?.unit === '1');
  return Math.sign(isRatio ? Math.log(value) : value);
}

const FREE = { id: 'hba1c.biguanide', rows: ['biguanide.hba1c'], sd: 0.2, why: 'a reason' };

function faultsOf(content: unknown): readonly string[] {
  try {
    freeParametersFrom(content, new Set(['biguanide.hba1c', 'acei.sbp', 'arb.sbp']));
  } catch (error) {
    if (error instanceof AppError && error.code === 'config.invalid') return error.details;
    throw error;
  }
  return [];
}

/** Calibration trials that a text names. */
function namedIn(text: string): readonly string[] {
  return citedTrials([{ file: 'reasons', id: 'reason', text }]).flatMap(({ trial }) => trial);
}

describe('every row that rests on a calibration trial', () => {
  it('is free with a prior of its own, or says what stands without the trial', () => {
    const started = new Set(FREE_PARAMETERS.flatMap(({ rows, start }) => (start === undefined ? [] : rows)));
    const open = RESTING.filter((id) => !started.has(id) && ROWS.get(id)?.without === undefined);
    expect(RESTING.length).toBeGreaterThan(50);
    expect([...new Set(open)]).toEqual([]);
  });

  it('is all that names one, comparisons aside', () => {
    const tied = new Set(
      citingRowsOf('published rows', PUBLISHED_ROWS).flatMap(({ id, trial }) =>
        trial === undefined ? [] : [`${id}: ${trial}`],
      ),
    );
    const named = citedTrials(citingRowsOf('published rows', PUBLISHED_ROWS))
      .filter(({ trial, how }) => how === 'text' && frozenTrials().has(trial))
      .map(({ id, trial }) => `${id}: ${trial}`);
    expect([...new Set(named)].filter((name) => !tied.has(name)).sort()).toEqual([...NAMED_ONLY.keys()].sort());
  });

  it('has no second value without a trial that could be held out', () => {
    expect(WITHHELD.flatMap(({ id }) => (RESTING.includes(id) ? [] : [id]))).toEqual([]);
  });

  it('is not free around its published value', () => {
    const free = FREE_PARAMETERS.filter(({ start }) => start === undefined).flatMap(({ rows }) => rows);
    expect(free.filter((id) => RESTING.includes(id))).toEqual([]);
  });

  it('is not both free and withheld, as nobody would read the second value', () => {
    const free = FREE_PARAMETERS.flatMap(({ rows }) => rows);
    expect(free.filter((id) => ROWS.get(id)?.without !== undefined)).toEqual([]);
  });
});

describe('what stands without the trials', () => {
  const without = PUBLISHED_ROWS.flatMap((row) => {
    const value = row.without === undefined ? row.value : row.without.value;
    return value === null ? [] : [{ ...row, value }];
  });

  it('still makes a virtual patient and all hazards', () => {
    expect(() => parametersFrom(without)).not.toThrow();
    expect(() => eventConstantsFrom(without)).not.toThrow();
  });

  it('turns no effect around, exceptions by name', () => {
    const turned = WITHHELD.filter(
      ({ id, value, without: other }) => sideOf(id, other?.value ?? value) * sideOf(id, value) < 0,
    );
    expect(turned.map(({ id }) => id)).toEqual([...TURNED.keys()]);
  });

  it('would be caught turning a ratio', () => {
    expect([sideOf('arni.aki', 0.91), sideOf('arni.aki', 1.12), sideOf('mi.sbp', 0.83)]).toEqual([-1, 1, -1]);
    expect([sideOf('biguanide.hba1c', -1.1), sideOf('biguanide.ed50', 0.4)]).toEqual([-1, 1]);
  });
});

describe('the reasons for priors and for what stands without a trial', () => {
  const reasons = [
    ...FREE_PARAMETERS.flatMap(({ id, why, start }) => [
      [id, why] as const,
      ...(start === undefined ? [] : [[id, start.why] as const]),
    ]),
    ...WITHHELD.map(({ id, without }) => [id, without?.why ?? ''] as const),
  ];

  it.each(reasons)('name no trial: %s', (_, why) => {
    expect(namedIn(why)).toEqual([]);
  });

  it('would be caught naming one', () => {
    expect(namedIn('as in DAPA-HF')).toEqual(['DAPA-HF']);
  });
});

describe('the free parameters', () => {
  it('are few', () => {
    expect(FREE_PARAMETERS.length).toBeLessThanOrEqual(45);
  });

  it.each(FREE_PARAMETERS.map((free) => [free.id, free] as const))('%s has a prior of sane width', (_, { sd }) => {
    expect(sd).toBeGreaterThanOrEqual(0.1);
    expect(sd).toBeLessThanOrEqual(0.6);
  });

  it('start on the side of no effect that their row is on, exceptions by name', () => {
    const turned = FREE_PARAMETERS.filter(({ rows: [row = ''], start }) => {
      const published = ROWS.get(row)?.value;
      return start !== undefined && published !== undefined && sideOf(row, start.value) * sideOf(row, published) < 0;
    });
    expect(turned.map(({ id }) => id)).toEqual([...STARTS_TURNED.keys()]);
  });

  it('have one generic prior on the four events that outcome trials of glucose-lowering drugs count', () => {
    const byRow = new Map(FREE_PARAMETERS.map((free) => [free.rows.join(), free]));
    for (const drugClass of ['glp1ra', 'sglt2i', 'dpp4i']) {
      for (const event of ['mi', 'stroke', 'cv_death_other', 'hf_hospitalisation']) {
        const free = byRow.get(`${drugClass}.${event}`);
        expect([free?.start?.value, free?.sd], `${drugClass}.${event}`).toEqual([0.9, 0.15]);
      }
    }
  });

  it('have an effect on death and on admission for every class of heart failure alone', () => {
    const moved = new Set(FREE_PARAMETERS.flatMap(({ rows }) => rows));
    for (const drugClass of ['arni', 'sgc', 'omecamtiv', 'digoxin']) {
      const where = drugClass === 'digoxin' ? 'heart_failure' : 'reduced_ef';
      for (const event of ['cv_death_other', 'hf_hospitalisation']) {
        expect(moved).toContain(`${drugClass}.${event}.${where}`);
      }
    }
  });
});

describe('reading free parameters', () => {
  it('takes a list of known rows', () => {
    expect(freeParametersFrom([FREE], new Set(FREE.rows))).toEqual([FREE]);
  });

  it('names a row that is missing, one that is free twice and an id that stands twice, all at once', () => {
    expect(faultsOf([FREE, FREE, { ...FREE, id: 'other', rows: ['nobody.knows'] }])).toEqual([
      'free parameter hba1c.biguanide stands twice',
      'parameter biguanide.hba1c is free twice',
      'free parameter other: there is no row nobody.knows',
    ]);
  });

  it('refuses one start for several rows', () => {
    const several = { ...FREE, rows: ['acei.sbp', 'arb.sbp'], start: { value: -8, why: 'a reason' } };
    expect(faultsOf([several])).toEqual(['free parameter hba1c.biguanide: a start for several rows']);
  });

  it.each([
    ['no list', FREE],
    ['a prior without width', [{ ...FREE, sd: 0 }]],
    ['a prior without a reason', [{ ...FREE, why: '' }]],
    ['a start at 0, which no factor moves', [{ ...FREE, start: { value: 0, why: 'a reason' } }]],
    ['a field that nobody reads', [{ ...FREE, weight: 2 }]],
  ])('refuses %s', (_, content) => {
    expect(faultsOf(content)).toHaveLength(1);
  });
});
