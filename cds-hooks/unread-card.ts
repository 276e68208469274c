import type { Dropped } from '../src/domain/record.ts';
import type { Card } from './card.ts';
import { buildCard, type CardFrame } from './card-frame.ts';
import { escapeForeign } from './markdown.ts';

const REFERENCE = /^MedicationRequest\/[A-Za-z0-9\-.]{1,64}$/;

/** Says which orders could not be read, so that their silence is not taken for "nothing to fear": one card for all. */
export function unreadCard(frame: CardFrame, unread: readonly Dropped[]): readonly Card[] {
  const [first, ...others] = unread;
  if (first === undefined) return [];
  const count = others.length === 0 ? 'An order' : `${unread.length} orders`;
  return [
    buildCard(frame, {
      kind: 'silence',
      about: first.source,
      summary: `${count} could not be read and so ${others.length === 0 ? 'was' : 'were'} not screened: ${first.detail}`,
      paragraphs: [unread.map((row) => `- ${escapeForeign(`${row.source}: ${row.detail} ${row.fix}`)}`).join('\n')],
      indicator: 'info',
      source: { label: 'Sextant' },
      suggestions: [],
      isDraft: others.length === 0 && REFERENCE.test(first.source),
    }),
  ];
}
