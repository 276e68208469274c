import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { at } from '../../src/core/array.ts';

interface Plain {
  readonly dims: readonly number[];
  readonly data: readonly (number | null)[];
}

interface GoldenCase {
  readonly encode: Readonly<Record<'covariates' | 'visits' | 'doses', Plain>>;
  readonly rollOut: Readonly<Record<string, Plain>>;
  readonly expected: Readonly<Record<'mean' | 'log_std' | 'context' | 'samples' | 'levels', Plain>>;
}

const FOLDER = 'models/cardio-renal-metabolic';
const BELIEF = ['mean', 'log_std', 'context'] as const;
const FUTURES = ['samples', 'levels'] as const;
const golden = JSON.parse(readFileSync(`${FOLDER}/golden.json`, 'utf8')) as {
  readonly tolerance: number;
  readonly cases: readonly GoldenCase[];
};
const encoder = await InferenceSession.create(`${FOLDER}/encode.onnx`);
const dynamics = await InferenceSession.create(`${FOLDER}/roll-out.onnx`);

function tensorOf({ dims, data }: Plain): Tensor {
  return new Tensor(
    'float32',
    Float32Array.from(data, (value) => value ?? Number.NaN),
    dims,
  );
}

function tensorsOf(row: Readonly<Record<string, Plain>>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(row).map(([name, plain]) => [name, tensorOf(plain)]));
}

/** The largest difference, absolute below one and relative above. */
function worstError(got: Tensor | undefined, expected: Plain): number {
  const values = got?.data as Float32Array;
  expect(values).toHaveLength(expected.data.length);
  return expected.data.reduce<number>((worst, value, index) => {
    const target = value ?? Number.NaN;
    return Math.max(worst, Math.abs(at(values, index) - target) / Math.max(1, Math.abs(target)));
  }, 0);
}

describe('onnxruntime in Node against the golden cases of PyTorch', () => {
  test('there are at least eight cases, with a record that is mostly empty and one that is wholly empty', () => {
    const unknown = golden.cases.map(({ encode }) => {
      const { data } = encode.visits;
      return data.filter((value) => value === null).length / data.length;
    });
    expect(golden.cases.length).toBeGreaterThanOrEqual(8);
    expect(unknown).toContain(1);
    expect(unknown.some((share) => share > 0.8 && share < 1)).toBe(true);
    expect(golden.tolerance).toBe(1e-4);
  });

  test.each(golden.cases.map((row, index) => ({ row, index })))(
    'beliefs and futures of case $index are those of PyTorch to 1e-4',
    async ({ row }) => {
      const belief = await encoder.run(tensorsOf(row.encode));
      const futures = await dynamics.run({ ...belief, ...tensorsOf(row.rollOut) });
      for (const name of BELIEF) expect(worstError(belief[name], row.expected[name])).toBeLessThan(1e-4);
      for (const name of FUTURES) expect(worstError(futures[name], row.expected[name])).toBeLessThan(1e-4);
    },
  );

  test('measurement noise moves the samples and leaves the levels as they are', async () => {
    const row = at(golden.cases, 0);
    const inputs = tensorsOf(row.rollOut);
    const noise = inputs.measurement_noise;
    const quiet = new Tensor('float32', new Float32Array(noise?.data.length ?? 0), noise?.dims ?? []);
    const futures = await dynamics.run({
      ...(await encoder.run(tensorsOf(row.encode))),
      ...inputs,
      measurement_noise: quiet,
    });
    expect(worstError(futures.levels, row.expected.levels)).toBeLessThan(1e-4);
    expect(worstError(futures.samples, row.expected.levels)).toBeLessThan(1e-4);
    expect(worstError(futures.samples, row.expected.samples)).toBeGreaterThan(1e-2);
  });

  test('a changed input changes the answer, so that agreement is not an accident', async () => {
    const row = at(golden.cases, 0);
    const inputs = tensorsOf(row.encode);
    const doses = Float32Array.from(inputs.doses?.data as Float32Array, (dose) => dose + 1);
    const belief = await encoder.run({ ...inputs, doses: new Tensor('float32', doses, [1, doses.length]) });
    expect(worstError(belief.mean, row.expected.mean)).toBeGreaterThan(1e-4);
  });
});
