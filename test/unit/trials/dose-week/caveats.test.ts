import { describe, expect, it } from 'vitest';
import { doseWeekCaveats } from '../../../../src/trials/dose-week/caveats.ts';
import { aStoredCalibration } from '../a-stored-calibration.ts';
import { anEffect } from './arms.ts';

const EFFECTS = [
  anEffect({ study: 'INVENTED-1' }),
  anEffect({ study: 'fresh' }),
  anEffect({ study: 'fresh', agent: 'lesinurad' }),
];

describe('what a reader of a dose × week contest must know', () => {
  it('is which studies are out of fold, and which took part in no calibration', () => {
    const text = doseWeekCaveats(EFFECTS, { calibration: aStoredCalibration() }).join('\n');
    expect(text).toContain('**Out of fold:** INVENTED-1');
    expect(text).toContain('1 other study');
  });

  it('is that no fold is left out where no calibration is stored', () => {
    const text = doseWeekCaveats(EFFECTS).join('\n');
    expect(text).toContain('**In sample.**');
    expect(text).not.toContain('**Out of fold:**');
  });

  it('is where rows come from that may pool graded studies', () => {
    expect(doseWeekCaveats(EFFECTS).join('\n')).toMatch(/meta-analyses that may pool graded studies.*uricosuric/);
    expect(doseWeekCaveats(EFFECTS.slice(0, 2)).join('\n')).not.toContain('may pool graded studies');
  });

  it('is which drugs have no rival, as no second study has them', () => {
    expect(doseWeekCaveats(EFFECTS).join('\n')).toContain('**No rival:** lesinurad');
    expect(doseWeekCaveats(EFFECTS.slice(0, 2)).join('\n')).not.toContain('**No rival:**');
    const others = [anEffect({ study: 'further', agent: 'lesinurad' })];
    expect(doseWeekCaveats(EFFECTS, { others }).join('\n')).not.toContain('**No rival:**');
  });

  it('is that rival figures of another unit are none', () => {
    const others = [anEffect({ study: 'further', agent: 'lesinurad', unit: 'kg' })];
    expect(doseWeekCaveats(EFFECTS, { others }).join('\n')).toContain('**No rival:** lesinurad');
  });
});
