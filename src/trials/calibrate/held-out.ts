import overlaps from './overlaps.json' with { type: 'json' };

/** The trials that are held out together with one: itself, and pools that share people with it. */
export function heldOutWith(trial: string): ReadonlySet<string> {
  const groups = overlaps.filter(({ trials }) => trials.includes(trial));
  return new Set([trial, ...groups.flatMap(({ trials }) => trials)]);
}
