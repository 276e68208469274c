const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** Makes text one line without control characters or bidirectional overrides. */
export function plainLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Lets text of ours appear in Markdown as itself: no markup, no HTML, no table cell that ends early. */
export function escapeMarkdown(text: string): string {
  return plainLine(text)
    .replace(/[<>&]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[\\`*_{}[\]#|~!]/g, '\\$&');
}

/**
 * Lets text that came from a record appear in Markdown as itself (interop SEC-17). Beside the markup, addresses are
 * broken up: a renderer would turn them into links that nobody here vouches for.
 */
export function escapeForeign(text: string): string {
  return (
    escapeMarkdown(text)
      .replace(/:\/\//g, ': //')
      // Not only where a word begins: what stands before may be an escaped mark.
      .replace(/www\./gi, 'www .')
      .replace(/@/g, ' @')
  );
}

/** A link, or the bare words where there is no address that may be followed. */
export function markdownLink(words: string, address: string | undefined): string {
  if (address === undefined || !address.startsWith('https://') || !URL.canParse(address)) return escapeMarkdown(words);
  const target = new URL(address).href.replace(/[()<>|\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `[${escapeMarkdown(words)}](${target})`;
}

/** A table; cells are taken as they are. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Cuts a sentence at a word so that it fits, and shows that it was cut. */
export function shorten(text: string, limit: number): string {
  const line = plainLine(text);
  if (line.length <= limit) return line;
  const head = line.slice(0, limit - 1);
  const space = head.lastIndexOf(' ');
  return `${(space > limit / 2 ? head.slice(0, space) : head).replace(/[\s,;:–-]+$/, '')}…`;
}
