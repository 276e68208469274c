import { AppError } from '../core/errors.ts';
import type { Abstention } from '../domain/plan.ts';

/** What became of a step that needs the model: its result, or the reason for silence with the error behind it. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly abstention: Abstention; readonly cause?: AppError };

const SPENT: Abstention = {
  code: 'deadline.spent',
  reason: 'the time that the EHR allows was over before the forecast was ready',
  help: 'sign again, or ask the operator why the service is slow; the screening is complete',
};

const UNAVAILABLE: Abstention = {
  code: 'model.unavailable',
  reason: 'the world model did not answer',
  help: 'try again; the screening is complete and does not need it',
};

/**
 * Runs a step that needs the model until the deadline.
 *
 * A spent deadline or a lost model (AppError `model.unavailable`) is an abstention, because it must not cost a refusal;
 * any other error is a bug and goes up. Time stays outside: the caller owns the signal.
 */
export async function attempt<T>(work: () => Promise<T>, deadline: AbortSignal | undefined): Promise<Attempt<T>> {
  if (deadline?.aborted === true) return { ok: false, abstention: SPENT };
  try {
    const running = work().then((value): Attempt<T> => ({ ok: true, value }));
    return deadline === undefined ? await running : await Promise.race([running, spentOf<T>(deadline)]);
  } catch (error) {
    if (error instanceof AppError && error.code === 'model.unavailable') {
      return { ok: false, abstention: UNAVAILABLE, cause: error };
    }
    throw error;
  }
}

function spentOf<T>(deadline: AbortSignal): Promise<Attempt<T>> {
  return new Promise((resolve) => {
    deadline.addEventListener(
      'abort',
      () => {
        resolve({ ok: false, abstention: SPENT });
      },
      { once: true },
    );
  });
}
