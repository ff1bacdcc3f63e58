/** Both languages say the same things with the same arguments. */
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { clock, missing, siteWord, timeOfDay, word } from '../src/words';
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

const english = Object.keys(files).filter((path) => /\/en\/|\.en\.ftl$/.test(path));

describe('parity', () => {
  test('there are pairs to compare', () => {
    expect(english.length).toBeGreaterThanOrEqual(3);
  });

  test.each(english)('%s', (path) => {
    const japanese = path.replace('/en/', '/ja/').replace('.en.ftl', '.ja.ftl');
    expect(files[japanese], japanese).toBeDefined();
    expect(keys(files[japanese] ?? '')).toEqual(keys(files[path] ?? ''));
  });

  test('no file repeats a key of its own or of another of its language', () => {
    for (const lang of ['ja', 'en']) {
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

test('clocks', () => {
  expect(clock(1_680)).toBe('28:00');
  expect(clock(9)).toBe('0:09');
  expect(clock(-3)).toBe('0:00');
  const noon = new Date(2026, 10, 22, 12, 5).getTime();
  expect(timeOfDay('ja', noon, noon)).toBe('12:05');
  expect(timeOfDay('en', noon, noon + 86_400_000)).toContain('22');
});
