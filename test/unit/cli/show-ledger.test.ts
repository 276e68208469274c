import { expect, test } from 'vitest';
import { runShowLedger } from '../../../src/cli/show-ledger.ts';

test.each([['list', 'abc'], ['list', '-1'], ['list', '0'], ['list', '1.5'], ['show'], ['burn']])(
  'ledger %s %s prints how it is used',
  (...args) => {
    const lines: string[] = [];
    expect(runShowLedger(args, (line) => void lines.push(line))).toBe(2);
    expect(lines.join()).toMatch(/^ledger list \[how many\]/);
  },
);
