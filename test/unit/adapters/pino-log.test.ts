import { expect, test } from 'vitest';
import { openLog, REDACTED_PATHS, safeError } from '../../../src/adapters/pino-log.ts';
import { AppError } from '../../../src/core/errors.ts';

function logged(entry: object): string {
  const lines: string[] = [];
  openLog('debug', { write: (line) => void lines.push(line) }).info(entry, 'said');
  return lines.join('');
}

test.each(['patientId', 'prefetch', 'authorization', 'context', 'userComment'])(
  '%s is redacted at every depth',
  (name) => {
    expect(REDACTED_PATHS).toContain(name);
    expect(logged({ [name]: 'secret' })).not.toContain('secret');
    expect(logged({ call: { [name]: 'secret' } })).not.toContain('secret');
    expect(logged({ a: { call: { [name]: 'secret' } } })).not.toContain('secret');
  },
);

test('the message of an unforeseen error is not logged, because it may quote patient data', () => {
  const error = new SyntaxError('Unexpected token in {"family":"Okafor"}');
  expect(logged({ err: error })).not.toContain('Okafor');
  expect(safeError(error)).toMatchObject({ type: 'SyntaxError' });
  expect(safeError(error).at.length).toBeGreaterThan(0);
});

test('a foreseen error is logged with its code, its message and its cause', () => {
  const error = new AppError('ledger.unavailable', ['disk'], { cause: new Error('patient Okafor') });
  expect(safeError(error)).toMatchObject({
    code: 'ledger.unavailable',
    message: error.message,
    cause: { type: 'Error' },
  });
  expect(JSON.stringify(safeError(error))).not.toContain('Okafor');
});

test('what is thrown without being an error is named by its type alone', () => {
  expect(safeError('Okafor')).toEqual({ type: 'string', at: [] });
});

test('the lines of a message are no frames, also when they look like frames', () => {
  const { at } = safeError(new Error('no such row\n    at Okafor, born 1955\n    at home'));
  expect(at.join()).not.toMatch(/Okafor|home/);
  expect(at.length).toBeGreaterThan(0);
});

test('where the message was changed afterwards, no frame is trusted', () => {
  const error = new Error('row\n    at Okafor');
  expect(error.stack).toContain('Okafor');
  error.message = 'another';
  expect(safeError(error).at).toEqual([]);
});
