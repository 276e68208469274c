import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError, ERRORS } from '../../../src/core/errors.ts';
import { problemOf } from '../../../src/web/problems.ts';

describe('a failure as HTTP', () => {
  test.each(Object.entries(ERRORS))('%s has its status, its issue type and its remedy', (code, kind) => {
    const problem = problemOf(new AppError(code as keyof typeof ERRORS, ['A detail.']), 'r1');
    expect(problem).toMatchObject({
      code,
      status: kind.status,
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            code: kind.issue,
            details: { text: kind.title, coding: [{ code }] },
            diagnostics: `A detail. Request r1. ${kind.fix}`,
          },
        ],
      },
    });
  });

  test('what was not foreseen is internal, and its message is not told', () => {
    const problem = problemOf(new Error('patient Okafor'), 'r1');
    expect(problem).toMatchObject({ code: 'internal', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('Okafor');
  });

  test.each([
    [{ type: 'entity.too.large', status: 413 }, 'request.too-large'],
    [{ type: 'encoding.unsupported', status: 415 }, 'request.media-type'],
    [{ status: 400 }, 'request.malformed'],
    [{ status: 500 }, 'internal'],
    ['a text', 'internal'],
  ])('%j becomes %s', (error, code) => {
    expect(problemOf(error, 'r1').code).toBe(code);
  });

  test('undefined and null are internal too', () => {
    expect([problemOf(undefined, 'r').code, problemOf(null, 'r').code]).toEqual(['internal', 'internal']);
  });
});

test('the README lists exactly the error codes of the table', () => {
  expect(existsSync('README.md')).toBe(true);
  const readme = readFileSync('README.md', 'utf8');
  const listed = [...readme.matchAll(/^\| `([a-z.-]+)` +\| *(\d{3}) *\|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  const table = Object.entries(ERRORS).map(([code, { status }]) => [code, status]);
  expect(listed.toSorted()).toEqual(table.toSorted());
});
