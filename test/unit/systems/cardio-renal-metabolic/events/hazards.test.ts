import { describe, expect, it } from 'vitest';
import { shareOver } from '../../../../../src/systems/cardio-renal-metabolic/events/lag.ts';
import { EVENTS } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import type { ClinicalEvent, EventId } from '../../../../../src/systems/cardio-renal-metabolic/events/event-table.ts';
import { hazardsOf } from '../../../../../src/systems/cardio-renal-metabolic/events/hazards.ts';
import type { RiskFactors } from '../../../../../src/systems/cardio-renal-metabolic/events/risk-factors.ts';
import { anyPatients, CONSTANTS, effects, hazard, PRESERVED_EF, REDUCED_EF, riskFactors, ROWS } from './builders.ts';

const out = new Float64Array(EVENTS.length);
const other = new Float64Array(EVENTS.length);

function strikes({ id, where }: ClinicalEvent, { type2Diabetes }: RiskFactors): boolean {
  return !CONSTANTS.silent.includes(id as EventId) && (where !== 'diabetes' || type2Diabetes);
}

describe('hazardsOf', () => {
  it('gives positive and finite hazards to anyone, and none where an event cannot strike', () => {
    for (const factors of anyPatients(2000)) {
      hazardsOf(CONSTANTS, factors, out);
      EVENTS.forEach((event, index) => {
        if (strikes(event, factors)) expect(out[index]).toBeGreaterThan(0);
        else expect(out[index]).toBe(0);
        expect(out[index]).toBeLessThanOrEqual(50);
      });
    }
  });

  it('gives the same patient the same hazards, whoever came before', () => {
    const [first, second] = anyPatients(2);
    if (first === undefined || second === undefined) throw new TypeError('two patients were drawn');
    hazardsOf(CONSTANTS, first, out);
    hazardsOf(CONSTANTS, second, other);
    hazardsOf(CONSTANTS, first, other);
    expect(other).toEqual(out);
  });

  const rises: readonly (readonly [string, readonly EventId[], Partial<RiskFactors>, Partial<RiskFactors>])[] = [
    [
      'age',
      [
        'mi',
        'stroke',
        'hf_hospitalisation',
        'cv_death_other',
        'death_non_cv',
        'falls',
        'fracture',
        'aki',
        'hospitalisation_other',
      ],
      { age: 60 },
      { age: 70 },
    ],
    ['pressure', ['mi', 'stroke', 'hf_hospitalisation', 'cv_death_other'], { sbp: 125 }, { sbp: 155 }],
    ['LDL', ['mi', 'stroke', 'cv_death_other'], { ldl: 70 }, { ldl: 160 }],
    ['HbA1c', ['mi', 'stroke'], { pastHba1c: 7 }, { pastHba1c: 9.5 }],
    [
      'a lower GFR',
      [
        'mi',
        'stroke',
        'hf_hospitalisation',
        'cv_death_other',
        'death_non_cv',
        'kidney_failure',
        'hypoglycaemia_severe',
        'aki',
        'hospitalisation_other',
      ],
      { egfr: 58 },
      { egfr: 22 },
    ],
    ['albuminuria', ['mi', 'hf_hospitalisation', 'death_non_cv', 'kidney_failure', 'aki'], { uacr: 10 }, { uacr: 900 }],
    ['NT-proBNP', ['hf_hospitalisation', 'cv_death_other'], { ntProbnp: 60 }, { ntProbnp: 800 }],
    [
      'NT-proBNP in heart failure',
      ['hf_hospitalisation', 'cv_death_other'],
      { ...REDUCED_EF, ntProbnp: 600 },
      { ...REDUCED_EF, ntProbnp: 5000 },
    ],
    [
      'a lower ejection fraction',
      ['hf_hospitalisation', 'cv_death_other'],
      { ...REDUCED_EF, lvef: 38 },
      { ...REDUCED_EF, lvef: 20 },
    ],
    ['age in heart failure', ['cv_death_other'], { ...PRESERVED_EF, age: 60 }, { ...PRESERVED_EF, age: 75 }],
    ['admissions', ['cv_death_other'], REDUCED_EF, { ...REDUCED_EF, hfAdmissions: 1 }],
    ['smoking', ['mi', 'stroke', 'cv_death_other', 'death_non_cv'], {}, { smoker: true }],
    ['prior disease', ['mi', 'stroke', 'cv_death_other'], {}, { ascvd: true }],
    ['diabetes', ['mi', 'stroke', 'cv_death_other', 'death_non_cv'], { type2Diabetes: false }, {}],
    ['urate', ['gout_flare'], { urate: 5 }, { urate: 9 }],
    ['an acute injury', ['death_non_cv'], {}, { acuteInjury: -0.4 }],
    ['heart failure', ['aki', 'hospitalisation_other', 'oedema'], {}, PRESERVED_EF],
    ['diabetes', ['hospitalisation_other'], { type2Diabetes: false }, {}],
    ['a slow heart', ['bradycardia'], { heartRate: 80 }, { heartRate: 55 }],
    ['being a woman', ['genital_infection', 'fracture'], {}, { female: true }],
    ['high potassium', ['death_non_cv', 'cv_death_other'], {}, { potassium: 6.5 }],
    ['low potassium', ['death_non_cv', 'cv_death_other'], {}, { potassium: 2.8 }],
    ['gout', ['gout_flare'], {}, { hasFlared: true }],
    ['urate without drugs', ['gout_flare'], {}, { untreatedUrate: 9.5 }],
  ];
  it.each(rises)('rises with %s', (_, events, less, more) => {
    for (const event of events) expect(hazard(event, more), event).toBeGreaterThan(hazard(event, less));
  });

  it('lets a prior infarction quadruple the risk of the next and double that of a stroke, as registries saw', () => {
    expect(hazard('mi', { ascvd: true }) / hazard('mi')).toBeCloseTo(4.4, 6);
    expect(hazard('stroke', { ascvd: true }) / hazard('stroke')).toBeCloseTo(2.07, 6);
  });

  it('leaves death alone while potassium is normal', () => {
    for (const event of ['death_non_cv', 'cv_death_other'] as const)
      expect(hazard(event, { potassium: 4.9 })).toBe(hazard(event, { potassium: 3.6 }));
  });

  it('kills at a potassium of 7.5 within months', () => {
    expect(hazard('cv_death_other', { potassium: 7.5, egfr: 35, uacr: 300 })).toBeGreaterThan(1);
  });

  it('spares the healthy hospitals and acute kidney injury', () => {
    const healthy = { age: 45, type2Diabetes: false, egfr: 100, uacr: 6, heartRate: 70 };
    expect(hazard('hospitalisation_other', healthy)).toBeLessThan(0.07);
    expect(hazard('aki', healthy)).toBeLessThan(0.003);
    expect(hazard('aki', { ...healthy, age: 70, egfr: 38, uacr: 600 })).toBeGreaterThan(0.04);
  });

  it('gives people with gout another flare in proportion to e^(urate)', () => {
    const gout = { hasFlared: true };
    expect(hazard('gout_flare', { ...gout, urate: 7 })).toBeCloseTo(0.058, 9);
    expect(hazard('gout_flare', { ...gout, urate: 8 }) / hazard('gout_flare', { ...gout, urate: 7 })).toBeCloseTo(
      1.59,
      9,
    );
  });

  it('lowers coronary risk by 23 % a mmol/L of LDL over five years and stroke by 27 % for 10 mm[Hg]', () => {
    const inTheLongRun = Math.log(hazard('mi', { ldl: 100 - 38.67 }) / hazard('mi'));
    expect(Math.exp(inTheLongRun * shareOver(5 / CONSTANTS.lags.ldl))).toBeCloseTo(0.77, 6);
    expect(hazard('stroke', { sbp: 124 }) / hazard('stroke')).toBeCloseTo(0.73, 6);
  });

  it('lets the genotype matter on a statin alone', () => {
    const onStatin = { effects: effects({ statin: 1 }) };
    expect(hazard('myopathy', { slco1b1: 2 })).toBe(hazard('myopathy'));
    expect(hazard('myopathy', { ...onStatin, slco1b1: 2 })).toBeGreaterThan(2 * hazard('myopathy', onStatin));
  });
});

/** Events whose risk factors matter under a drug alone. */
const OF_THE_DRUG: ReadonlySet<EventId> = new Set(['myopathy', 'hypoglycaemia_severe', 'hypoglycaemia_mild']);

describe('direct effects of drugs', () => {
  it('are none without a drug', () => {
    for (const factors of anyPatients(200)) {
      hazardsOf(CONSTANTS, { ...factors, effects: effects() }, out);
      hazardsOf({ ...CONSTANTS, direct: { ...CONSTANTS.direct, start: new Int32Array(1) } }, factors, other);
      EVENTS.forEach(({ id }, index) => {
        if (!OF_THE_DRUG.has(id)) expect(out[index], id).toBe(other[index]);
      });
    }
  });

  it('grow with the action of the drug', () => {
    const sugar = (action: number): number =>
      hazard('hypoglycaemia_severe', { effects: effects({ sulfonylurea: action }) });
    expect(sugar(0.5)).toBeGreaterThan(sugar(0));
    expect(sugar(1)).toBeGreaterThan(sugar(0.5));
    expect(sugar(1) / hazard('hypoglycaemia_severe')).toBeGreaterThan(5);
    const whiff = { hba1c: 9, effects: effects({ sulfonylurea: 0.01 }) };
    expect(hazard('hypoglycaemia_severe', whiff)).toBeGreaterThan(hazard('hypoglycaemia_severe', { hba1c: 9 }));
  });

  it('let insulin and sulfonylureas bring low glucose, the more the lower HbA1c is, and nothing else', () => {
    for (const event of ['hypoglycaemia_severe', 'hypoglycaemia_mild'] as const) {
      expect(hazard(event, { hba1c: 6 })).toBe(hazard(event, { hba1c: 9 }));
      for (const drugClass of ['sulfonylurea', 'insulin']) {
        const on = (hba1c: number): number => hazard(event, { hba1c, effects: effects({ [drugClass]: 1 }) });
        expect(on(6), `${drugClass} ${event}`).toBeGreaterThan(1.3 * on(8));
        expect(on(8)).toBeGreaterThan(2 * hazard(event));
      }
    }
    expect(hazard('hypoglycaemia_mild')).toBeLessThan(0.1);
    const severe = (drugClass: string): number =>
      hazard('hypoglycaemia_severe', { hba1c: 7, effects: effects({ [drugClass]: 1 }) });
    expect(severe('sulfonylurea') / hazard('hypoglycaemia_severe')).toBeCloseTo(7.6, 6);
    expect(severe('insulin')).toBeGreaterThanOrEqual(severe('sulfonylurea'));
  });

  it('of renin-angiotensin blockers are those of their pressure, albuminuria not counting again', () => {
    const uacr = ROWS.find(({ id }) => id === 'acei.uacr')?.value ?? 0;
    const change = { uacr: 400 * (1 + uacr / 100), sbp: 124, effects: effects({ acei: 1 }) };
    const ratio = (event: EventId): number => hazard(event, change) / hazard(event, { uacr: 400, sbp: 134 });
    expect(uacr).toBeLessThan(0);
    expect(ratio('mi')).toBeCloseTo(0.83, 6);
    expect(ratio('hf_hospitalisation')).toBeCloseTo(0.72, 6);
    expect(ratio('death_non_cv')).toBeCloseTo(1, 6);
  });

  it('of calcium antagonists on heart failure fall short of their pressure', () => {
    const ratio =
      hazard('hf_hospitalisation', { sbp: 124, effects: effects({ ccb: 1 }) }) / hazard('hf_hospitalisation');
    expect(ratio).toBeCloseTo(0.835, 6);
  });

  it('of quitting lower other death too', () => {
    const quit = { smoker: true, effects: effects({ smoking_cessation: 1 }) };
    expect(hazard('death_non_cv', quit) / hazard('death_non_cv', { smoker: true })).toBeCloseTo(0.73, 6);
  });

  it('of beta blockers on death are seen in a reduced ejection fraction alone', () => {
    const onBlocker = { effects: effects({ bb: 1 }) };
    expect(hazard('cv_death_other', { ...REDUCED_EF, ...onBlocker })).toBeLessThan(
      hazard('cv_death_other', REDUCED_EF),
    );
    expect(hazard('cv_death_other', { ...PRESERVED_EF, ...onBlocker })).toBe(hazard('cv_death_other', PRESERVED_EF));
    expect(hazard('cv_death_other', onBlocker)).toBe(hazard('cv_death_other'));
  });

  it('of aspirin on stroke are larger after a first event', () => {
    const ratio = (ascvd: boolean): number =>
      hazard('stroke', { ascvd, effects: effects({ aspirin: 1 }) }) / hazard('stroke', { ascvd });
    expect(ratio(true)).toBeCloseTo(0.81, 6);
    expect(ratio(false)).toBeCloseTo(0.95, 6);
  });

  it('of quitting reach smokers alone', () => {
    const quit = { effects: effects({ smoking_cessation: 1 }) };
    expect(hazard('mi', quit)).toBe(hazard('mi'));
    expect(hazard('mi', { ...quit, smoker: true }) / hazard('mi', { smoker: true })).toBeCloseTo(0.61, 6);
  });

  it('make up the whole of the trials together with what the class does to risk factors', () => {
    const moved = (quantity: string): number => ROWS.find(({ id }) => id === `sglt2i.${quantity}`)?.value ?? 0;
    const { sbp, uacr, ntProbnp } = riskFactors();
    const under = {
      sbp: sbp + moved('sbp'),
      uacr: uacr * (1 + moved('uacr') / 100),
      ntProbnp: ntProbnp * (1 + moved('nt_probnp') / 100),
      effects: effects({ sglt2i: 1 }),
    };
    expect(moved('sbp')).toBeLessThan(0);
    expect(hazard('hf_hospitalisation', under) / hazard('hf_hospitalisation')).toBeCloseTo(0.682, 6);
  });
});

describe('hazards in heart failure', () => {
  it('are those of the placebo arms on their background therapy', () => {
    const treated = { ...REDUCED_EF, age: 66, egfr: 66, type2Diabetes: false, ascvd: false };
    const uptake = effects({ acei: 0.93, bb: 0.95, mra: 0.71 });
    const withDiabetes = (rate: number): number => rate / 1.35 ** 0.45;
    const gfr = (rate: number): number => rate * 1.386 ** ((64 - 66) / 15);
    const admission = hazard('hf_hospitalisation', { ...treated, effects: uptake });
    const death = hazard('cv_death_other', { ...treated, effects: uptake });
    expect(admission).toBeCloseTo(gfr(withDiabetes(0.123)), 6);
    expect(death).toBeCloseTo(gfr(withDiabetes(0.08)), 6);
  });

  it('are lower with a preserved ejection fraction', () => {
    expect(hazard('cv_death_other', PRESERVED_EF)).toBeLessThan(hazard('cv_death_other', REDUCED_EF));
  });
});

describe('the speed of hazardsOf', () => {
  it('is far below a tenth of a millisecond a patient, so that no accident has made it slow', () => {
    const patients = anyPatients(64);
    const run = (rounds: number): void => {
      for (let round = 0; round < rounds; round += 1)
        for (const factors of patients) hazardsOf(CONSTANTS, factors, out);
    };
    run(500);
    const start = performance.now();
    run(500);
    expect((performance.now() - start) / (500 * patients.length)).toBeLessThan(0.02);
  });
});

describe('plausible patients', () => {
  it('die and fall ill at the rates that cohorts and registries saw', () => {
    const reach = { age: 69, ascvd: true, sbp: 137, ldl: 100, egfr: 70, uacr: 20, hba1c: 7.3, ntProbnp: 150 };
    const mace = (type2Diabetes: boolean): number =>
      hazard('mi', { ...reach, type2Diabetes }) +
      hazard('stroke', { ...reach, type2Diabetes }) +
      hazard('cv_death_other', { ...reach, type2Diabetes });
    // REACH (Steg 2007, doi 10.1001/jama.297.11.1197): 4.69 % in a year with disease, some of them with heart failure.
    expect(mace(true)).toBeGreaterThan(0.025);
    expect(mace(true)).toBeLessThan(0.06);
    expect(mace(false)).toBeGreaterThan(0.012);
    expect(hazard('death_non_cv', riskFactors({ type2Diabetes: false }))).toBeLessThan(0.02);
  });
});
