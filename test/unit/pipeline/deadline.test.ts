import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { attempt } from '../../../src/pipeline/deadline.ts';

function later<T>(value: T, milliseconds: number): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value));
}

describe('attempt', () => {
  it('gives the value of work that is ready in time', async () => {
    expect(await attempt(() => later(7, 1), AbortSignal.timeout(1000))).toEqual({ ok: true, value: 7 });
    expect(await attempt(() => Promise.resolve(7), undefined)).toEqual({ ok: true, value: 7 });
  });

  it('abstains when the deadline comes first, and says what would help', async () => {
    const outcome = await attempt(() => later(7, 1000), AbortSignal.timeout(5));
    expect(outcome).toMatchObject({ ok: false, abstention: { code: 'deadline.spent' } });
    expect(outcome.ok ? '' : outcome.abstention.help).not.toBe('');
  });

  it('does not begin work after the deadline', async () => {
    let begun = false;
    const work = () => {
      begun = true;
      return Promise.resolve(7);
    };
    expect(await attempt(work, AbortSignal.abort())).toMatchObject({ ok: false });
    expect(begun).toBe(false);
  });

  it('leaves no rejection behind when the work fails after the deadline', async () => {
    const unhandled: unknown[] = [];
    const keep = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', keep);
    await attempt(() => later(0, 20).then(() => Promise.reject(new Error('late'))), AbortSignal.timeout(5));
    await later(0, 50);
    process.off('unhandledRejection', keep);
    expect(unhandled).toEqual([]);
  });

  it('abstains for a lost model and keeps the cause', async () => {
    const cause = new AppError('model.unavailable');
    const outcome = await attempt(() => Promise.reject(cause), undefined);
    expect(outcome).toMatchObject({ ok: false, abstention: { code: 'model.unavailable' }, cause });
  });

  it.each([new TypeError('a bug'), new AppError('ledger.unavailable')])('lets %s go up', async (error) => {
    await expect(attempt(() => Promise.reject(error), undefined)).rejects.toBe(error);
  });
});
