/** All languages say the same things with the same arguments; easy Japanese has a reading for every character. */
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { bare, readings } from '../src/readings';
import { clock, markedWord, missing, siteWord, timeOfDay, word } from '../src/words';
import { phrases } from '../src/phrases';

const files = {
  ...import.meta.glob<string>('../locales/*/*.ftl', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../packs/*/*.ftl', { query: '?raw', import: 'default', eager: true }),
};

/** Message keys with the names of their variables. */
function keys(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const message of new FluentResource(text).body) {
    const names = new Set<string>();
    collect(message, names);
    found[message.id] = [...names].sort();
  }
  return found;
}

function collect(part: unknown, names: Set<string>): void {
  if (Array.isArray(part)) part.forEach((inner) => collect(inner, names));
  else if (typeof part === 'object' && part !== null) {
    const node = part as Record<string, unknown>;
    if (node.type === 'var') names.add(String(node.name));
    Object.values(node).forEach((inner) => collect(inner, names));
  }
}

/** `locales/xx/file.ftl` and `packs/p/file.xx.ftl` as language and file. */
function split(path: string): { lang: string; file: string } {
  const [, lang = '', file = ''] =
    /locales\/(\w+)\/(.+)\.ftl$/.exec(path) ??
    /packs\/.+\.(\w+)\.ftl$/.exec(path)?.concat(path.replace(/\.\w+\.ftl$/, '')) ??
    [];
  return { lang, file };
}

const texts = Object.entries(files).map(([path, text]) => ({ ...split(path), path, text }));
const english = texts.filter(({ lang }) => lang === 'en');
const others = [...new Set(texts.map(({ lang }) => lang))].filter((lang) => lang !== 'en' && lang !== 'ja_easy');

/** What only the operator reads, and what no drawn phone shows, needs no easy Japanese. */
const operators =
  /^(op|health|warn|method|note|policy|check|may-issue|stage|state|kind|pass-end|support)-|^(lock|department|employee-id|mail|methods|trouble-unknown)$/;

describe('parity', () => {
  test('there are languages and files to compare', () => {
    expect(english.length).toBeGreaterThanOrEqual(3);
    expect(others).toContain('ja');
  });

  test.each(others.flatMap((lang) => english.map((at) => ({ lang, file: at.file, text: at.text }))))(
    '$lang $file',
    ({ lang, file, text }) => {
      const found = texts.find((at) => at.lang === lang && at.file === file);
      expect(keys(found?.text ?? '')).toEqual(keys(text));
    },
  );

  test.each(english.filter(({ file }) => !/labels$|troubles$/.test(file)))('easy Japanese: $file', ({ file, text }) => {
    const found = keys(texts.find((at) => at.lang === 'ja_easy' && at.file === file)?.text ?? '');
    const asked = Object.entries(keys(text)).filter(([key]) => !operators.test(key));
    expect(Object.keys(found)).toEqual(expect.arrayContaining(asked.map(([key]) => key)));
    const known = keys(text);
    for (const [key, names] of Object.entries(found)) {
      // A sentence may do without an argument, but knows no other.
      for (const name of names) expect(known[key], `${file} ${key}`).toContain(name);
    }
  });

  test.each(texts.filter(({ lang }) => lang === 'ja_easy'))(
    '$path: every Chinese character has its reading',
    ({ text }) => {
      for (const line of text.split('\n')) {
        if (line.startsWith('#')) continue;
        const unread = readings(line)
          .filter((piece) => piece.reading === null && /[\p{Script=Han}々《》]/u.test(piece.text))
          .map((piece) => piece.text);
        expect(unread, line).toEqual([]);
        for (const piece of readings(line)) expect(piece.reading ?? 'あ').toMatch(/^[\p{Script=Hiragana}ー]+$/u);
      }
    },
  );

  test('no file repeats a key of its own or of another of its language', () => {
    for (const lang of ['ja', 'ja_easy', 'en']) {
      const seen = new Set<string>();
      for (const [path, text] of Object.entries(files)) {
        if (!path.includes(`/locales/${lang}/`)) continue;
        for (const line of text.split('\n')) {
          const key = /^([a-z][\w-]*) =/.exec(line)?.[1];
          if (key === undefined) continue;
          expect(seen.has(key), `${path}: ${key}`).toBe(false);
          seen.add(key);
        }
      }
    }
  });
});

test('a missing key shows itself and is counted', () => {
  expect(word('ja', 'no-such-key')).toBe('[no-such-key]');
  expect(missing).toEqual(['screens ja: no-such-key']);
  missing.length = 0;
});

test('the pseudo-language is longer, bracketed and made from English', () => {
  const plain = word('en', 'op-welcome-lead');
  const strange = word('pseudo', 'op-welcome-lead');
  expect(strange.startsWith('[!! ')).toBe(true);
  expect(strange.length).toBeGreaterThan(plain.length * 1.25);
  expect(word('pseudo', 'help-line', { number: '0776-20-3660' })).toContain('0776-20-3660');
  expect(siteWord('pseudo', { ja: '窓口', en: 'Desk' })).toBe('[!! Déésk !!]');
});

test('Japanese breaks between phrases and loses nothing', () => {
  const text = 'サインインすると、この画面で進められます。';
  expect(phrases('ja', text).length).toBeGreaterThan(1);
  expect(phrases('ja', text).join('')).toBe(text);
  expect(phrases('en', 'Sign in')).toEqual(['Sign in']);
});

test('readings', () => {
  expect(readings('次《つぎ》へ 行《い》く')).toEqual([
    { text: '次', reading: 'つぎ' },
    { text: 'へ ', reading: null },
    { text: '行', reading: 'い' },
    { text: 'く', reading: null },
  ]);
  expect(readings('読み')).toEqual([{ text: '読み', reading: null }]);
  expect(bare('もう一度《いちど》 見《み》る')).toBe('もう一度 見る');
  expect(word('ja_easy', 'pe-next')).toBe('次へ');
  expect(markedWord('ja_easy', 'pe-next')).toBe('次《つぎ》へ');
});

test('clocks', () => {
  expect(clock(1_680)).toBe('28:00');
  expect(clock(9)).toBe('0:09');
  expect(clock(-3)).toBe('0:00');
  const noon = new Date(2026, 10, 22, 12, 5).getTime();
  expect(timeOfDay('ja', noon, noon)).toBe('12:05');
  expect(timeOfDay('en', noon, noon + 86_400_000)).toContain('22');
});
