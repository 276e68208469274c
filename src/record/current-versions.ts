import { groupBy } from '../core/array.ts';
import { digestOf } from '../core/digest.ts';
import { readingOf, refuse, type Outcome, type Reading } from './dropped.ts';
import { elementOf, momentOf, textOf, type Element } from './read-fhir.ts';

/** A resource under the name by which the record cites it. */
interface Named {
  readonly ref: string;
  readonly resource: Element;
}

/**
 * Of resources with one name the current version: equal ones count once, of different ones the newer.
 *
 * Newer is what has the higher `meta.versionId`, or else the later `meta.lastUpdated`; where neither tells, none is used.
 */
export function currentVersions<T extends Named>(resources: readonly T[]): Reading<T> {
  return readingOf([...groupBy(resources, ({ ref }) => ref).values()].flatMap(settle));
}

function settle<T extends Named>(versions: readonly T[]): readonly Outcome<T>[] {
  const [only, ...others] = versions;
  if (only === undefined || others.length === 0) return versions.map((kept) => ({ kept }));
  const current = versions.find((one) =>
    versions.every((other) => saysTheSame(one, other) || isNewer(one.resource, other.resource)),
  );
  if (current === undefined) return versions.map(({ ref }) => refuse(ref, 'conflicting-versions'));
  return versions.map((one) =>
    one === current ? { kept: one } : refuse(one.ref, saysTheSame(one, current) ? 'duplicate' : 'superseded'),
  );
}

/** Two copies say the same when they differ in nothing but their metadata. */
function saysTheSame(a: Named, b: Named): boolean {
  return a === b || contentOf(a.resource) === contentOf(b.resource);
}

function contentOf(resource: Element): string {
  return digestOf(Object.fromEntries(Object.entries(resource).filter(([field]) => field !== 'meta')));
}

function isNewer(a: Element, b: Element): boolean {
  const [own, other] = [elementOf(a.meta), elementOf(b.meta)];
  const [version, otherVersion] = [Number(textOf(own?.versionId)), Number(textOf(other?.versionId))];
  if (Number.isFinite(version) && Number.isFinite(otherVersion) && version !== otherVersion)
    return version > otherVersion;
  const [changed, otherChanged] = [momentOf(own?.lastUpdated), momentOf(other?.lastUpdated)];
  return changed !== undefined && otherChanged !== undefined && changed.earliest > otherChanged.latest;
}
