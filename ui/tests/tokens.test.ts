/** The texts and edges listed here, by hand, can be told from their grounds in both ways to see (WCAG 1.4.3, 1.4.11). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const theme = readFileSync('src/styles/theme.css', 'utf8');
const tokens = readFileSync('node_modules/@digital-go-jp/design-tokens/dist/tokens.css', 'utf8');

/** What a block of rules sets. */
function set(css: string): Map<string, string> {
  return new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]));
}

const [, plain = '', more = ''] =
  /:root \{([\s\S]*?)\n\}[\s\S]*?\[data-contrast='more'\] \{([\s\S]*?)\n\}/.exec(theme) ?? [];
const ways = {
  'as it is': new Map([...set(tokens), ...set(plain)]),
  'with more contrast': new Map([...set(tokens), ...set(plain), ...set(more)]),
};

/** Whether a token is a colour of the theme, and no width or radius. */
function isColour(name: string): boolean {
  return new RegExp(`--${name}: (?:var\\(--color|#)`).test(theme);
}

function luminance(known: Map<string, string>, name: string): number {
  let value = `var(--${name})`;
  for (let hops = 0; value.startsWith('var('); hops += 1) {
    value = known.get(/var\((--[\w-]+)/.exec(value)?.[1] ?? '') ?? '';
    if (hops > 5) break;
  }
  const hex = /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  if (!hex) throw new Error(`--${name} is no colour: ${value}`);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(known: Map<string, string>, one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(known, one), luminance(known, other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'desk', 'guest', 'guest-tint'];
const texts: [string, string[]][] = [
  // A placeholder is soft ink on paper.
  ['ink', [...grounds, 'act-tint', 'act-tint-over', 'warn-tint', 'bad-tint', 'good-tint', 'guest-edge']],
  ['ink-soft', [...grounds, 'act-tint', 'warn-tint', 'bad-tint', 'guest-edge']],
  ['act', ['paper', 'desk', 'act-tint', 'act-tint-over']],
  ['paper', ['act', 'act-over', 'act-press', 'good-solid', 'night']],
  ['good', ['paper', 'good-tint', 'guest']],
  ['bad', ['paper', 'desk', 'bad-tint']],
  ['warn', ['paper', 'warn-tint']],
  ['upn-local', ['paper', 'desk', 'upn-local-tint']],
  ['upn-domain', ['paper', 'desk', 'upn-domain-tint']],
  ['training-ink', ['training']],
  ['desk-bar-ink', ['desk-bar']],
];
const edges: [string, string[]][] = [
  ['line', grounds],
  ['act', grounds],
  ['bad-line', ['paper', 'bad-tint']],
  ['good-line', ['paper', 'good-tint']],
  // A large tick.
  ['good-solid', ['paper', 'guest', 'desk']],
  ['focus-ink', [...grounds, 'focus']],
];

/** What parts or fills and is told by words or a picture beside it: none of it has to be seen (WCAG 1.4.11). */
const decoration = ['line-soft', 'desk-edge', 'warn-line'];

describe.each(Object.entries(ways))('%s', (_, known) => {
  const pairs = (from: [string, string[]][]) => from.flatMap(([one, on]) => on.map((ground) => [one, ground] as const));

  test.each(pairs(texts))('text: %s on %s', (one, ground) => {
    expect(contrast(known, one, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pairs(edges))('edge: %s on %s', (one, ground) => {
    expect(contrast(known, one, ground)).toBeGreaterThanOrEqual(3);
  });
});

test('the list of visits is read on its ground, which more contrast is never chosen for', () => {
  expect(contrast(ways['as it is'], 'ink', 'desk-edge')).toBeGreaterThanOrEqual(4.5);
});

test('a contrast is computed as WCAG does', () => {
  const known = new Map([
    ['--a', '#777777'],
    ['--b', '#ffffff'],
  ]);
  expect(contrast(known, 'a', 'b')).toBeCloseTo(4.48, 2);
});

/** Every style there is: of the components, and of the sheets, which the test's own loader leaves out. */
const styles: Record<string, string> = {
  ...import.meta.glob<string>('../src/**/*.svelte', { query: '?raw', import: 'default', eager: true }),
  ...Object.fromEntries(
    ['styles/base.css', 'styles/theme.css', 'paper/paper.css'].map((path) => [
      path,
      readFileSync(`src/${path}`, 'utf8'),
    ]),
  ),
};

/** A size on the screens as it is in normal text, in px: a factor of the chosen size is 1 there. */
function inNormalText(size: string): number | null {
  const [, number, unit] = /^(?:calc\(var\(--[\w-]+(?:, 1)?\) \* )?([\d.]+)(rem|px)\)?$/.exec(size) ?? [];
  return number === undefined ? null : Number(number) * (unit === 'rem' ? 16 : 1);
}

test('nothing that is read on the screens is smaller than 14 px', () => {
  const screens = Object.entries(styles).filter(([path]) => !/paper\/|phone\//.test(path));
  const sizes = screens.flatMap(([path, text]) =>
    [...text.matchAll(/\n\s*([^\n{}]+) \{[^{}]*?font-size: ([^;]+);/g)].map(([, rule = '', size = '']) => ({
      rule: `${path} ${rule}`,
      size,
      px: inNormalText(size),
    })),
  );
  const written = screens.flatMap(([, text]) => text.match(/font-size:/g) ?? []);
  expect(sizes.length).toBeGreaterThan(200);
  expect(sizes).toHaveLength(written.length);
  // A tick in a dot is no text; the root of a display on end is 20 px at least.
  const exempt = /Lights\.svelte \.dot$|theme\.css :root:has\(.*alone\)$/;
  expect(sizes.filter(({ px, rule }) => !(px !== null && px >= 14) && !exempt.test(rule))).toEqual([]);
});

test.each([
  ['calc(var(--t, 1) * 0.75rem)', 12],
  ['calc(var(--head) * 0.8125rem)', 13],
  ['0.875rem', 14],
  ['12px', 12],
  ['0.8em', null],
])('a size is known in whatever form it is written: %s', (written, px) => {
  expect(inNormalText(written)).toBe(px);
});

test('every face that English is drawn in has a narrow apostrophe', () => {
  const faces = Object.entries(styles).flatMap(([path, text]) =>
    [...text.matchAll(/font-family: ([^;]+);/g)].map(([, face = '']) => `${path.split('/').at(-1)}: ${face}`),
  );
  expect(faces).toContain('paper.css: var(--typeface)');
  // The face itself, the one that has it in front, and on paper both rules: English names its own.
  const known =
    /: (var\(--font\)|'Latin apostrophe'|'Latin apostrophe', var\(--typeface\))$|^paper\.css: var\(--typeface\)$/;
  expect(faces.filter((face) => !known.test(face))).toEqual([]);
  expect(styles['styles/base.css']).toContain("--font: 'Latin apostrophe', var(--typeface);");
});

test('every colour that is drawn with is held against what it stands on', () => {
  const known = new Set([...texts, ...edges].flatMap(([one, on]) => [one, ...on]).concat(decoration));
  const used = Object.entries(styles).flatMap(([path, text]) =>
    [...text.matchAll(/[\s;{](?:[\w-]*color|background|border[\w-]*|outline|fill|stroke): ([^;]+);/g)].flatMap(
      ([, value = '']) => [...value.matchAll(/var\(--([\w-]+)/g)].map(([, token = '']) => ({ path, token })),
    ),
  );
  const colours = used.filter(({ token }) => isColour(token));
  expect(colours.length).toBeGreaterThan(250);
  expect(colours.filter(({ token }) => !known.has(token))).toEqual([]);
  const unused = decoration.filter((token) => !colours.some((each) => each.token === token));
  expect(unused).toEqual([]);
});

test('nothing moves for ever', () => {
  const sources = import.meta.glob<string>('../src/**/*.{svelte,css}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  for (const [path, text] of Object.entries(sources))
    expect(/animation(-iteration-count)?:[^;]*infinite/.test(text), path).toBe(false);
});
