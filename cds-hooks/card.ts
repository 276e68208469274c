/** A code of a code system, as CDS Hooks uses it. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

/** A FHIR resource as JSON. */
export type FhirResource = Readonly<Record<string, unknown>>;

/** One change that a suggestion makes when it is accepted (interop SUG-03 to SUG-06). */
export type Action =
  | { readonly type: 'create' | 'update'; readonly description: string; readonly resource: FhirResource }
  | { readonly type: 'delete'; readonly description: string; readonly resourceId: string };

/** Something the clinician may accept with one click. */
export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly actions: readonly [Action, ...Action[]];
}

/** One card of CDS Hooks 2.0.1. */
export interface Card {
  readonly uuid: string;
  /** One sentence of plain text, at most 139 characters (interop CARD-03). */
  readonly summary: string;
  /** GitHub-flavoured Markdown without HTML. */
  readonly detail: string;
  readonly indicator: 'info' | 'warning' | 'critical';
  readonly source: { readonly label: string; readonly url?: string; readonly topic: Coding };
  readonly suggestions?: readonly [Suggestion, ...Suggestion[]];
  readonly selectionBehavior?: 'any' | 'at-most-one';
  readonly overrideReasons: readonly Coding[];
  readonly extension?: Readonly<Record<string, object>>;
}

/** The answer to a hook. */
export interface CdsResponse {
  readonly cards: readonly Card[];
}
