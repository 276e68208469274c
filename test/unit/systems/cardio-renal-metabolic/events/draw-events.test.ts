import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../src/core/random.ts';
import {
  drawEvents,
  emptyDraw,
  EVENT_UNIFORMS,
} from '../../../../../src/systems/cardio-renal-metabolic/events/draw-events.ts';
import { eventIndex, EVENTS } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import type { EventId } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import type { RiskFactors } from '../../../../../src/systems/cardio-renal-metabolic/events/risk-factors.ts';
import { compositeOf, strikesOn } from '../../../../../src/systems/cardio-renal-metabolic/events/composites.ts';
import { tracesAfter } from '../../../../../src/systems/cardio-renal-metabolic/events/after-effects.ts';
import { CONSTANTS, effects, REDUCED_EF, riskFactors } from './builders.ts';

function uniformsFrom(seed: string): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: EVENT_UNIFORMS }, () => random.uniform());
}

/** Nothing strikes, but what is asked for at once. */
function onlyStriking(ids: readonly EventId[], change: Readonly<Record<number, number>> = {}): readonly number[] {
  const strikes = new Set(ids.map(eventIndex));
  return Array.from({ length: EVENT_UNIFORMS }, (_, index) => change[index] ?? (strikes.has(index) ? 1e-9 : 1 - 1e-9));
}

function drawn(factors: RiskFactors, uniforms: readonly number[], days = 30): ReturnType<typeof emptyDraw> {
  const draw = emptyDraw();
  drawEvents(CONSTANTS, factors, { days, uniforms }, draw);
  return draw;
}

const SICK = riskFactors({ ...REDUCED_EF, age: 80, ascvd: true, egfr: 25, uacr: 500 });
const MI_KILLS = EVENTS.length;

describe('drawEvents', () => {
  it('draws the same events from the same uniforms', () => {
    expect(drawn(SICK, uniformsFrom('a'), 365)).toEqual(drawn(SICK, uniformsFrom('a'), 365));
    expect(drawn(SICK, uniformsFrom('a'), 365)).not.toEqual(drawn(SICK, uniformsFrom('b'), 365));
  });

  it('leaves nothing behind of the patient before', () => {
    const draw = emptyDraw();
    drawEvents(CONSTANTS, SICK, { days: 365, uniforms: onlyStriking(['cv_death_other']) }, draw);
    expect(draw.fatal).toBe(eventIndex('cv_death_other'));
    drawEvents(CONSTANTS, SICK, { days: 365, uniforms: onlyStriking([]) }, draw);
    expect(draw.fatal).toBe(-1);
    expect([...draw.times].every((time) => time === Infinity)).toBe(true);
  });

  it('never brings an event forward when a drug lowers its hazard', () => {
    const treated = { ...SICK, effects: effects({ bb: 1, mra: 1, sglt2i: 1 }) };
    const event = eventIndex('hf_hospitalisation');
    for (let seed = 0; seed < 200; seed += 1) {
      const uniforms = uniformsFrom(`pair ${seed}`);
      const without = drawn(SICK, uniforms, 30);
      const under = drawn(treated, uniforms, 30);
      if (without.fatal < 0) expect(under.times[event]).toBeGreaterThanOrEqual(without.times[event] ?? NaN);
    }
  });

  it('lets nothing strike after death', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const draw = drawn(SICK, uniformsFrom(`end ${seed}`), 3650);
      const end = draw.times[draw.fatal] ?? Infinity;
      for (const time of draw.times) if (time < Infinity) expect(time).toBeLessThanOrEqual(end);
    }
  });

  it('shares deaths between causes in proportion to their hazards, and leaves alive whom it should', () => {
    const random = seededRandom('race');
    const draw = emptyDraw();
    const days = 365.25;
    const deaths = new Map<number, number>();
    const rounds = 40_000;
    for (let round = 0; round < rounds; round += 1) {
      const uniforms = Array.from({ length: EVENT_UNIFORMS }, () => random.uniform());
      drawEvents(CONSTANTS, SICK, { days, uniforms }, draw);
      deaths.set(draw.fatal, (deaths.get(draw.fatal) ?? 0) + 1);
    }
    const rate = (id: EventId): number => draw.hazards[eventIndex(id)] ?? NaN;
    const share = (fatal: number): number => (deaths.get(fatal) ?? 0) / rounds;
    const spared = (id: 'mi' | 'stroke'): number => 1 - CONSTANTS.caseFatality[id] * (1 - Math.exp(-rate(id)));
    const causes: readonly EventId[] = ['cv_death_other', 'death_non_cv'];
    const sum = causes.reduce((total, id) => total + rate(id), 0);
    const alive = Math.exp(-sum) * spared('mi') * spared('stroke');
    // Three standard errors of a share of 40 000.
    const tolerance = 0.0075;
    expect(Math.abs(share(-1) - alive)).toBeLessThan(tolerance);
    const [cardiac, other] = causes.map((id) => share(eventIndex(id)));
    const odds = (cardiac ?? NaN) / (other ?? NaN) / (rate('cv_death_other') / rate('death_non_cv'));
    expect(Math.abs(odds - 1)).toBeLessThan(0.06);
    expect([...deaths.values()].reduce((total, count) => total + count, 0)).toBe(rounds);
  });

  it('kills by an infarction only when its own uniform says so', () => {
    expect(drawn(SICK, onlyStriking(['mi'], { [MI_KILLS]: 0 })).fatal).toBe(eventIndex('mi'));
    expect(drawn(SICK, onlyStriking(['mi'], { [MI_KILLS]: 0.9 })).fatal).toBe(-1);
  });

  it('strikes no one with what cannot strike', () => {
    const calm = riskFactors({ type2Diabetes: false });
    const draw = drawn(calm, onlyStriking(['hypoglycaemia_severe']));
    expect(draw.times[eventIndex('hypoglycaemia_severe')]).toBe(Infinity);
  });
});

describe('compositeOf', () => {
  const draws = {
    fatalMi: drawn(SICK, onlyStriking(['mi'], { [MI_KILLS]: 0 })),
    spared: drawn(SICK, onlyStriking(['mi'], { [MI_KILLS]: 0.9 })),
    admission: drawn(SICK, onlyStriking(['hf_hospitalisation'])),
    cancer: drawn(SICK, onlyStriking(['death_non_cv'])),
    sudden: drawn(SICK, onlyStriking(['cv_death_other'], { [EVENTS.length + 2]: 0 })),
    pump: drawn(SICK, onlyStriking(['cv_death_other'])),
  };

  it.each([
    ['mi', ['fatalMi', 'spared']],
    ['mi_nonfatal', ['spared']],
    ['coronary_heart_disease', ['fatalMi', 'spared']],
    ['stroke', []],
    ['mace_3point', ['fatalMi', 'spared', 'sudden', 'pump']],
    ['cv_death', ['fatalMi', 'sudden', 'pump']],
    ['sudden_death', ['sudden']],
    ['death_any_cause', ['fatalMi', 'cancer', 'sudden', 'pump']],
    ['hf_hospitalisation', ['admission']],
    ['cv_death_or_hf_hospitalisation', ['fatalMi', 'admission', 'sudden', 'pump']],
    ['cv_death_or_worsening_hf', ['fatalMi', 'admission', 'sudden', 'pump']],
    ['cv_composite', ['fatalMi', 'spared', 'admission', 'sudden', 'pump']],
    ['kidney_composite', []],
    ['kidney_composite_or_cv_death', ['fatalMi', 'sudden', 'pump']],
    ['hospitalisation_any_cause', ['fatalMi', 'spared', 'admission']],
  ] as const)('counts for %s: %s', (endpoint, expected) => {
    const parts = compositeOf(endpoint) ?? [];
    expect(parts.length).toBeGreaterThan(0);
    const struck = Object.entries(draws).filter(([, draw]) => strikesOn(parts, draw) < Infinity);
    expect(struck.map(([name]) => name)).toEqual(expected);
  });

  it('knows no endpoint that events do not make', () => {
    expect(compositeOf('hba1c_change')).toBeUndefined();
    expect(compositeOf('toString')).toBeUndefined();
  });
});

describe('tracesAfter', () => {
  const slow = { hasFlared: false, ldl: 120, pastHba1c: 7, urate: 6 };
  const nothing = { ascvd: false, heartFailure: false, hfAdmissions: 0, ...slow };

  it('remembers an infarction as disease', () => {
    const draw = drawn(SICK, onlyStriking(['mi'], { [MI_KILLS]: 0.9 }));
    expect(tracesAfter(nothing, draw)).toEqual({ ...nothing, ascvd: true });
  });

  it('makes heart failure of a first admission and counts the next', () => {
    const draw = drawn(SICK, onlyStriking(['hf_hospitalisation']));
    const once = tracesAfter(nothing, draw);
    expect(once).toEqual({ ...nothing, heartFailure: true, hfAdmissions: 1 });
    expect(tracesAfter(once, draw).hfAdmissions).toBe(2);
  });

  it('knows gout from the first flare on', () => {
    expect(tracesAfter(nothing, drawn(SICK, onlyStriking(['gout_flare']))).hasFlared).toBe(true);
  });

  it('keeps a quiet step as it was', () => {
    expect(tracesAfter(nothing, drawn(SICK, onlyStriking([])))).toBe(nothing);
  });
});
