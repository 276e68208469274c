import type { Abstention, Plan, Violation } from '../src/domain/plan.ts';
import type { Card, Suggestion } from './card.ts';
import { buildCard, type CardFrame } from './card-frame.ts';
import { escapeForeign, escapeMarkdown } from './markdown.ts';
import { silenceParagraphs, unscreenedParagraphs } from './silence-card.ts';
import { suggestRemoval } from './suggestions.ts';
import { draftWords, sourceAddress, sourceLink } from './wording.ts';

/** Says what speaks against a drafted order, and why there is no forecast, where there is none. It needs no model. */
export function refusalCard(frame: CardFrame, { draft, abstention, ...plan }: Plan): readonly Card[] {
  // What the forecast warns of is said by the forecast's own card.
  const violations = plan.violations.filter(({ basis }) => basis === 'record');
  const isRefused = violations.some(isContraindication);
  const suggestions = isRefused ? suggestRemoval(frame, draft) : [];
  const verdict = `${draftWords(draft)} ${isRefused ? 'contraindicated' : 'with caution'}`;
  const { unscreened = [] } = plan;
  return violationCard(frame, {
    about: draft.reference,
    verdict,
    violations,
    suggestions,
    abstention,
    unscreened,
    isDraft: true,
  });
}

/** Says what speaks against a drug that the patient takes already. Only a contraindication is worth an interruption. */
export function chartCards(frame: CardFrame, violations: readonly Violation[]): readonly Card[] {
  const urgent = violations.filter(isContraindication);
  const subjects = [...new Set(urgent.map((violation) => violation.subject))];
  return subjects.flatMap((subject) =>
    violationCard(frame, {
      about: subject,
      verdict: `Urgent, ${subject}`,
      violations: urgent.filter((violation) => violation.subject === subject),
      suggestions: [],
      abstention: undefined,
      unscreened: [],
      isDraft: false,
    }),
  );
}

interface Refused {
  readonly about: string;
  /** How the summary begins. */
  readonly verdict: string;
  readonly violations: readonly Violation[];
  readonly suggestions: readonly Suggestion[];
  readonly abstention: Abstention | undefined;
  readonly unscreened: readonly string[];
  readonly isDraft: boolean;
}

function violationCard(frame: CardFrame, refused: Refused): readonly Card[] {
  const [gravest, ...others] = [...refused.violations].sort((a, b) => gravity(b) - gravity(a));
  if (gravest === undefined) return [];
  const url = sourceAddress(gravest.source);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [
    buildCard(frame, {
      kind: 'refusal',
      about: refused.about,
      summary: `${refused.verdict}${more}: ${findingOf(gravest)}`,
      paragraphs: [
        ...unscreenedParagraphs(refused),
        ...[gravest, ...others].map(violationParagraph),
        ...silenceParagraphs(refused.abstention),
      ],
      indicator: isContraindication(gravest) ? 'critical' : 'warning',
      source: { label: gravest.source.citation, ...(url === undefined ? {} : { url }) },
      suggestions: refused.suggestions,
      selectionBehavior: 'at-most-one',
      isDraft: refused.isDraft,
    }),
  ];
}

/** One violation in full: what is the case, on what it rests, what would lift it, on whose word. */
export function violationParagraph(violation: Violation): string {
  const heading = isContraindication(violation) ? 'Contraindicated' : 'Caution';
  const evidence = violation.evidence.map(escapeForeign).join('; ');
  return [
    `**${heading}:** ${escapeForeign(violation.reason)}\n`,
    ...(evidence === '' ? [] : [`- Rests on: ${evidence}`]),
    `- What would lift it: ${escapeMarkdown(violation.liftedBy)}`,
    `- Source: ${sourceLink(violation.source)}, ${escapeMarkdown(violation.source.where)}`,
    `- Rule: ${escapeMarkdown(violation.rule)}`,
  ].join('\n');
}

/** A reason is "what is the case: what the source says of it"; the summary has room for the first half. */
function findingOf({ reason }: Violation): string {
  return reason.split(': ', 1).join('');
}

/** Whether a violation forbids, rather than warns. */
export function isContraindication(violation: Violation): boolean {
  return violation.severity === 'contraindicated';
}

function gravity(violation: Violation): number {
  return isContraindication(violation) ? 1 : 0;
}
