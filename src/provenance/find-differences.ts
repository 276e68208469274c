/** One place where two values differ. */
export interface Difference {
  /** "plans[0].candidates[1].forecasts[3].median". */
  readonly path: string;
  readonly stored: string;
  readonly again: string;
}

/**
 * Finds where two JSON values differ: numbers by more than the tolerance, everything else at all.
 *
 * Used to say what a replay did not reproduce.
 */
export function findDifferences(stored: unknown, again: unknown, tolerance: number, path = ''): readonly Difference[] {
  if (typeof stored === 'number' && typeof again === 'number') {
    return Math.abs(stored - again) <= tolerance ? [] : [{ path, stored: String(stored), again: String(again) }];
  }
  if (isContainer(stored) && isContainer(again) && Array.isArray(stored) === Array.isArray(again)) {
    const keys = [...new Set([...Object.keys(stored), ...Object.keys(again)])];
    return keys.flatMap((key) => findDifferences(stored[key], again[key], tolerance, joined(path, key, stored)));
  }
  return stored === again ? [] : [{ path, stored: shown(stored), again: shown(again) }];
}

type Container = Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function joined(path: string, key: string, parent: Container): string {
  if (Array.isArray(parent)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
