import type { Abstention, Plan } from '../src/domain/plan.ts';
import type { Card } from './card.ts';
import { buildCard, type CardFrame } from './card-frame.ts';
import { escapeForeign } from './markdown.ts';
import { draftWords } from './wording.ts';

/**
 * Says why there is no forecast for a drug that normally gets one, and what would help.
 *
 * Without this card, silence would read as "nothing to fear". Where something speaks against the order there is a card
 * already, and it says this too. Other silences are kept in the ledger alone: "nothing to say" is an empty list (interop
 * REQ-08).
 */
export function silenceCard(frame: CardFrame, { draft, violations, abstention, ...plan }: Plan): readonly Card[] {
  const paragraphs = silenceParagraphs(abstention);
  if (abstention === undefined || paragraphs.length === 0 || violations.length > 0) return [];
  return [
    buildCard(frame, {
      kind: 'silence',
      about: draft.reference,
      summary: `${draftWords(draft)}: no forecast, because ${abstention.reason}`,
      paragraphs: [...unscreenedParagraphs(plan), ...paragraphs],
      indicator: 'info',
      source: { label: 'Sextant' },
      suggestions: [],
      isDraft: true,
    }),
  ];
}

/** The reason for silence and what would help; nothing where nothing would, as with a drug that the model does not know. */
export function silenceParagraphs(abstention: Abstention | undefined): readonly string[] {
  if (abstention === undefined || abstention.help === '') return [];
  return [
    `**No forecast is given:** ${escapeForeign(abstention.reason)}`,
    `**What would help:** ${escapeForeign(abstention.help)}`,
  ];
}

/** A line for the parts of the record that no rule could look at; nothing where all were given. */
export function unscreenedParagraphs({ unscreened = [] }: Pick<Plan, 'unscreened'>): readonly string[] {
  if (unscreened.length === 0) return [];
  return [`**Not screened against ${escapeForeign(unscreened.join(', '))}:** the EHR did not give them.`];
}
