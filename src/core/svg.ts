/** A place on a sheet, from its upper left corner; unit: px. */
export interface Place {
  readonly left: number;
  readonly top: number;
}

/** A whole drawing as an SVG file, on white. The same parts, the same bytes. */
export function svgSheet(size: { readonly width: number; readonly height: number }, parts: readonly string[]): string {
  const [width, height] = [svgNumber(size.width), svgNumber(size.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="10">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

/** Words, made safe; `look`: further attributes. */
export function svgText({ left, top }: Place, words: string, look = ''): string {
  return `<text x="${svgNumber(left)}" y="${svgNumber(top)}"${spaced(look)}>${escaped(words)}</text>`;
}

/** A straight line; `look`: further attributes. */
export function svgLine([from, to]: readonly [Place, Place], colour: string, look = ''): string {
  const ends = `x1="${svgNumber(from.left)}" y1="${svgNumber(from.top)}" x2="${svgNumber(to.left)}" y2="${svgNumber(to.top)}"`;
  return `<line ${ends} stroke="${colour}"${spaced(look)}/>`;
}

/** A small circle; `look`: radius, fill and stroke. */
export function svgCircle({ left, top }: Place, look: string): string {
  return `<circle cx="${svgNumber(left)}" cy="${svgNumber(top)}" ${look}/>`;
}

/** A coordinate to a tenth of a pixel, so that the last bits do not change a file. */
export function svgNumber(value: number): string {
  return String(Number(value.toFixed(1)));
}

function spaced(look: string): string {
  return look === '' ? '' : ` ${look}`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
