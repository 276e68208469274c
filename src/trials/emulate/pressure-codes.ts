/** The code of an arm that lowers systolic pressure by a stated mm[Hg]. */
export const PRESSURE_FALL = 'sbp-reduction';

const TARGET = /^bp-target-(\d+)$/;

/** The systolic pressure (mm[Hg]) that a code like bp-target-120 treats to; undefined for any other code. */
export function pressureTargetOf(code: string): number | undefined {
  const target = TARGET.exec(code)?.[1];
  return target === undefined ? undefined : Number(target);
}

/** Whether a code doses drugs by the pressure they reach, whatever the drugs. */
export function isPressureCode(code: string): boolean {
  return code === PRESSURE_FALL || TARGET.test(code);
}
