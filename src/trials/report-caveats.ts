import type { StoredCalibration } from './stored-calibration.ts';

/** What a reader of figures that were emulated with the shipped parameters must know. */
export const IN_SAMPLE: readonly string[] = [
  '**In sample.** Parameters rest on, or were fitted to, some of the trials that they are graded on (`cited-trials` lists ' +
    'them); no fold leaves a trial out of the simulator, as it does out of the rivals. `--out-of-fold` grades the stored ' +
    'predictions of a simulator that had not seen each trial.',
];

/** What was chosen by people who had seen which trials were missed, and so by no fold. */
const CHOSEN_AFTER_MISSES: readonly string[] = [
  'that the room that glucose leaves saturates',
  'that secretagogues act by the root of what beta cells are left',
  'that the classes were solved from trials of the drug alone or on metformin',
  'that the pressure of incretins follows weight in time',
  'the defaults for eligibility that a trial does not state',
  'the error of what doses are worth',
  'the people of dose × week where a file is silent',
];

/** What no fold can take back. */
const NOT_OUT_OF_FOLD =
  '**Not out of fold:** meta-analyses among the sources of parameters that pool a graded trial cannot be undone, and ' +
  'the rivals have no such source; the same list was looked at while rows were curated; and what follows was chosen by ' +
  `people who had seen misses: ${CHOSEN_AFTER_MISSES.join('; ')}.`;

/** What a reader of a stored calibration must know: what its folds hold out, and what they do not. */
export function outOfFoldCaveats({ folds, free, simulator, options }: StoredCalibration): readonly string[] {
  const withholding = folds.filter(({ withheld }) => withheld.length > 0).length;
  const written = (fields: object): string =>
    Object.entries(fields)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ');
  return [
    `**Out of fold.** Each trial is predicted by a simulator whose ${free.length} free parameters were fitted without it ` +
      `(${folds.length} folds). In ${withholding} of them rows that rest on the trial were withheld, or stand at a value ` +
      'that knows nothing of it. Rivals leave out the same trial.',
    NOT_OUT_OF_FOLD,
    `Stored by \`sextant calibrate\`; simulator: ${written(simulator)}; options: ${written(options)}.`,
  ];
}

/**
 * Says so when a calibration was stored of another simulator than the present one; `now`: its digests, by name.
 */
export function staleCaveats(
  { simulator }: StoredCalibration,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  const changed = Object.keys(now).filter((part) => simulator[part] !== now[part]);
  return changed.length === 0
    ? []
    : [
        `**Stale.** The simulator has changed since the calibration was stored (${changed.join(', ')}). Calibrate anew.`,
      ];
}
