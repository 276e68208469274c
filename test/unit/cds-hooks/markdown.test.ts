import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { describe, expect, test } from 'vitest';
import {
  escapeForeign,
  escapeMarkdown,
  markdownLink,
  markdownTable,
  plainLine,
  shorten,
} from '../../../cds-hooks/markdown.ts';

describe('text that came from a record', () => {
  test.each([
    ['<script>', '&lt;script&gt;'],
    ['a | b', 'a \\| b'],
    ['[click](x)', '\\[click\\](x)'],
    ['**bold** _it_ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\`'],
    ['https://evil.example', 'https: //evil.example'],
    ['www.evil.example', 'www .evil.example'],
    ['line\nbreak\u2028and\u202eover', 'line break and over'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ])('%j appears as %j', (text, expected) => {
    expect(escapeForeign(text)).toBe(expected);
  });

  test('never holds HTML, a new line, an unescaped pipe or an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeForeign(text)).not.toMatch(/[<>\n\r]|(?<!\\)(?:\\\\)*\||:\/\//);
      }),
    );
  });
});

describe('text that came from a record, as the page of an EHR renders it', () => {
  const rendered = (text: string): string =>
    renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, escapeForeign(text)));

  test.each([
    ['www.evil.example', '<p>www .evil.example</p>'],
    ['x_www.evil.example', '<p>x_www .evil.example</p>'],
    ['(WWW.evil.example)', '<p>(www .evil.example)</p>'],
    ['foo@evil.example', '<p>foo @evil.example</p>'],
    ['mailto:foo@evil.example', '<p>mailto:foo @evil.example</p>'],
    ['_https://evil.example_', '<p>_https: //evil.example_</p>'],
    ['**b** & <i>', '<p>**b** &amp; &lt;i&gt;</p>'],
  ])('%s is shown, and leads nowhere', (text, html) => {
    expect(rendered(text)).toBe(html);
  });

  test('never is a link or an image', () => {
    const parts = fc.constantFrom(
      'www.',
      'evil.example',
      '@',
      '_',
      '*',
      'https://',
      'a',
      ' ',
      '[',
      ']',
      '(',
      ')',
      '!',
      '\\\\',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        expect(rendered(words.join(''))).not.toMatch(/<a|<img/);
      }),
    );
  });
});

test('plain words stay as they are', () => {
  const words = 'Potassium 5.0 mmol/L (7 days ago): 20 % of 100, Müller’s rule.';
  expect(escapeMarkdown(words)).toBe(words);
});

describe('a link', () => {
  test('leads to an https address', () => {
    expect(markdownLink('A [study]', 'https://doi.org/10.1/x')).toBe('[A \\[study\\]](https://doi.org/10.1/x)');
  });

  test.each([undefined, 'javascript:alert(1)', 'http://plain.example', 'https://'])(
    '%s is no address to follow',
    (address) => {
      expect(markdownLink('Words', address)).toBe('Words');
    },
  );

  test('brackets in the address do not end it', () => {
    expect(markdownLink('x', 'https://doi.org/10.1016/S0(20)1')).toBe('[x](https://doi.org/10.1016/S0%2820%291)');
  });
});

test('a table has a row of dashes under its head', () => {
  expect(markdownTable(['', 'a'], [['x', '1']])).toBe('|  | a |\n| --- | ---: |\n| x | 1 |');
});

describe('shortening', () => {
  test('a sentence that fits stays', () => {
    expect(shorten('Short.', 139)).toBe('Short.');
  });

  test('a longer one is cut at a word, within the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 40 }), (words) => {
        const text = shorten(words.join(' '), 60);
        expect(text.length).toBeLessThanOrEqual(60);
        expect(text).not.toMatch(/\n/);
      }),
    );
    expect(shorten('one two three four', 12)).toBe('one two…');
  });
});

test('a plain line keeps letters of every script', () => {
  expect(plainLine(' Žofia\t 李 ')).toBe('Žofia 李');
});
