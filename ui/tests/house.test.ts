/** Rules of this house that a machine can check. */
import { describe, expect, test } from 'vitest';

const sources = import.meta.glob<string>(['../src/**/*.{ts,svelte,css}', '../index.html', '!../src/bindings/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const entries = Object.entries(sources);
const components = entries.filter(([path]) => path.endsWith('.svelte'));
const code = entries.filter(([path]) => !path.includes('/gallery/'));

/** Markup of a component: without script, style, comments and what stands in braces. */
function markup(text: string): string {
  let bare = text
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<!--[\s\S]*?-->/g, '');
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare.replace(/\{[^{}]*\}/g, '');
  }
  return bare;
}

test('there is something to check', () => {
  expect(components.length).toBeGreaterThan(30);
});

test.each(components)('%s holds no wording', (path, text) => {
  // Field names of Microsoft's answers are not wording.
  const bare = markup(text).replace(/client-request-id|request-id|correlation-id|AADSTS/g, '');
  const words = bare
    .replace(/<\/?[a-zA-Z][^<>]*>/g, '\n')
    .split('\n')
    .filter((line) => /[a-zA-Z\u3040-\u30ff\u3400-\u9fff]/.test(line.replace(/&[a-z]+;/g, '')));
  expect(words, path).toEqual([]);
  const spoken = [...bare.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]+)"/g)].map((found) => found[1]);
  expect(spoken, path).toEqual([]);
  expect(/[\u3040-\u30ff\u3400-\u9fff]/.test(text), path).toBe(false);
});

describe('the page', () => {
  test('fetches nothing and knows Tauri in one file only', () => {
    for (const [path, text] of code) {
      expect(/\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\s*\(/.test(text), path).toBe(false);
      if (!path.endsWith('/backend/tauri.ts')) {
        expect(text.includes(['@tauri', 'apps'].join('-')), path).toBe(false);
      }
    }
  });

  test('keeps nothing and draws no raw markup', () => {
    for (const [path, text] of code) {
      expect(/localStorage|sessionStorage|indexedDB|document\.cookie|clipboard/.test(text), path).toBe(false);
      expect(/\{@html|innerHTML|style="/.test(text), path).toBe(false);
    }
  });

  test('has no timer but the ticking of seconds', () => {
    for (const [path, text] of code) {
      if (!path.endsWith('/countdown.ts')) expect(/\bset(Timeout|Interval)\s*\(/.test(text), path).toBe(false);
    }
  });

  test('lets nothing on the person’s side stop the operator’s', () => {
    const persons = components.filter(([path]) => /\/screens\/(person\/|PersonPane)/.test(path));
    expect(persons.length).toBeGreaterThan(15);
    for (const [path, text] of persons) expect(/\bDialog\b|<dialog|showModal/.test(text), path).toBe(false);
  });

  test('ships no made-up views', () => {
    for (const [path, text] of code) {
      if (!path.includes('/fixtures')) expect(/from '.*fixtures'/.test(text), path).toBe(false);
    }
  });

  test('takes its colours from one file', () => {
    for (const [path, text] of code) {
      if (path.endsWith('/theme.css') || path.includes('/phone/')) continue;
      const hex = text.match(/#[0-9a-fA-F]{3,8}\b/g) ?? [];
      // A QR code is black on white whatever the theme is.
      expect(
        hex.filter((colour) => !['#fff', '#000'].includes(colour)),
        path,
      ).toEqual([]);
    }
  });

  test('has no inline script', () => {
    const page = sources['../index.html'] ?? '';
    expect(page.match(/<script(?![^>]*src=)/g)).toBeNull();
  });
});
