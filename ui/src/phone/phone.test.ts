/** Every row of every walk-through (S25, S31, C) and every other screen on every phone: drawn whole, with its words. */
import { render } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../bindings/Lang';
import type { PersonRow } from '../bindings/PersonRow';
import type { PhoneOs } from '../bindings/PhoneOs';
import { phoneLanguage } from '../languages';
import { missing, packHas, packLabel, packWord, word } from '../words';
import { floor, layout } from './layout';
import { fitName, width, wrap } from './measure';
import { otherScreens, packRows, packs } from '../fixtures/packRows';
import PhoneScreen from './PhoneScreen.svelte';

const PACK = 'walkthrough-a';
const systems: PhoneOs[] = ['ios', 'android'];
const languages: Lang[] = ['ja', 'en', 'pseudo'];
const reading: Lang[] = ['ja', 'ja_easy', 'en'];
const upn = { local: 'fctv-user', domain: 'cable.fukui.jp' };
const long = { local: 'everyday-account.with-a-very-long-name', domain: 'branch.partner.cable.fukui.jp' };

const phones = packs.flatMap(({ id }) =>
  systems.flatMap((os) =>
    languages.flatMap((lang) =>
      [...packRows(id, os, lang), ...instead(id, os, lang)].map((row) => ({
        name: `${id} ${row.id} ${os} ${lang}`,
        row,
      })),
    ),
  ),
);

/** The other screens of a pack, each as the page draws it in place of a row. */
function instead(id: string, os: PhoneOs, lang: Lang): PersonRow[] {
  const [first] = packRows(id, os, lang);
  if (!first) throw new Error(`${id} has no rows`);
  return otherScreens(id, os).map((other) => ({
    ...first,
    id: `other-${other.id}`,
    kind: other.tap === null ? 'wait' : 'act',
    tap: other.tap,
    phone: other.phone,
  }));
}

describe('each row and each other screen', () => {
  it.each(phones)('$name is drawn', ({ row }) => check(row));
});

it('S31: ten rows', () => {
  const rows = packRows('walkthrough-b', 'ios', 'ja').filter((row) => row.number !== null);
  expect(rows.map((row) => row.demand)).toEqual(Array.from({ length: 10 }, (_, at) => `S31.${at + 1}`));
});

it('what is unverified names labels there are', () => {
  for (const pack of packs) {
    for (const [lang, keys] of Object.entries(pack.unverified)) {
      for (const key of keys) packLabel(pack.id, lang as Lang, 'ios', key);
    }
  }
  expect(missing).toEqual([]);
});

it('easy Japanese is how one reads, not what a phone shows', () => {
  expect(packLabel(PACK, 'ja_easy', 'ios', 'next')).toBe(packLabel(PACK, 'ja', 'ios', 'next'));
});

it('S25: the rows are the thirteen of the guide, after the preparation', () => {
  const rows = packRows(PACK, 'ios', 'ja');
  expect(rows.map((row) => row.demand)).toEqual([
    'S14',
    'S25',
    'S25',
    'S25',
    ...Array.from({ length: 13 }, (_, at) => `S25.${at + 1}`),
  ]);
  expect(rows.map((row) => row.number)).toEqual([
    null,
    null,
    null,
    null,
    ...Array.from({ length: 13 }, (_, at) => at + 1),
  ]);
});

it('S25.3: the code choice is shown beside the ringed one, never ringed', () => {
  const row = packRows(PACK, 'ios', 'ja').find((row) => row.id === 'a3');
  expect(row?.phone.elements.find((element) => element.text === 'scan-code')?.target).toBe(false);
});

it('A6 shows dots where the pass is typed', () => {
  const row = packRows(PACK, 'android', 'ja').find((row) => row.id === 'a6');
  if (!row) throw new Error('no row a6');
  const { container } = render(PhoneScreen, { row, upn, lang: 'ja' });
  expect(container.textContent).toContain('●●●●●●●●');
});

it('the name is gone from the picture when nobody sends it any more', () => {
  const row = packRows(PACK, 'ios', 'ja').find((row) => row.id === 'a13');
  if (!row) throw new Error('no row a13');
  const { container } = render(PhoneScreen, { row, upn: { local: '', domain: '' }, lang: 'ja' });
  expect(container.textContent).not.toContain('@');
});

describe('lines', () => {
  it('no line is wider than its room, and nothing is lost', () => {
    const text = 'デバイスの安全を保つためにご協力ください、Microsoft Authenticator で。';
    for (const room of [60, 120, 240]) {
      const lines = wrap('ja', text, 18, room);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(width(line, 18)).toBeLessThanOrEqual(room);
    }
  });

  it('a mark that closes does not begin a line', () => {
    for (let room = 60; room < 330; room += 6) {
      for (const line of wrap('ja', 'どの種類のアカウントを追加しますか? はい。', 18, room))
        expect(line).not.toMatch(/^[?。]/);
    }
  });

  it('a long sign-in name breaks before its @', () => {
    expect(fitName('fctv-user@cable.fukui.jp', 19, 14, 276).lines).toHaveLength(1);
    expect(fitName('everyday-account.long@branch.cable.fukui.jp', 19, 14, 276).lines[1]).toBe('@branch.cable.fukui.jp');
  });
});

function check(row: PersonRow) {
  const lang: Lang = row.phone_lang;
  const { container } = render(PhoneScreen, { row, upn, lang });
  const picture = container.querySelector('svg[role="img"]');
  const act = row.kind === 'act';

  expect(container.querySelectorAll('[data-target]')).toHaveLength(act ? 1 : 0);
  expect(row.phone.elements.filter((element) => element.target)).toHaveLength(act ? 1 : 0);
  expect(picture?.getAttribute('aria-label')).toContain(
    packWord(row.pack, lang, `${row.id}-title`, { os: row.phone_os }),
  );
  if (act) checkTarget(row, container, picture?.getAttribute('aria-label') ?? '');
  for (const element of row.phone.elements) checkTexts(row, element.text, element.detail, container);
  for (const symbol of container.querySelectorAll('[data-symbol]')) expect(symbol.getAttribute('d')).toBeTruthy();
  expect(container.querySelector('[style]')).toBeNull();

  for (const reads of reading) checkWords(row, reads);
  for (const name of [upn, long]) checkPlaces(row, `${name.local}@${name.domain}`);
  expect(missing).toEqual([]);
}

function checkTarget(row: PersonRow, container: Element, alternative: string) {
  const tap = packLabel(row.pack, row.phone_lang, row.phone_os, row.tap ?? '');
  expect(row.phone.elements.find((element) => element.target)?.text).toBe(row.tap);
  expect(alternative).toContain(tap);
  // The + and the way out are symbols; every other control carries its label.
  if (row.tap === 'plus' || row.tap === 'close')
    expect(container.querySelector(`[data-symbol="${row.tap}"]`)).not.toBeNull();
  else expect(read(container)).toContain(squeezed(tap));
}

/** The words on the drawing that are 14 pixels and more where the phone is 208 wide: in a window of 1280 by 800. */
function read(container: Element): string {
  const large = [...container.querySelectorAll('text[data-read]')].filter(
    (text) => (Number(text.getAttribute('font-size')) * 208) / 360 >= 14,
  );
  return squeezed(large.map((text) => text.textContent).join(''));
}

function checkTexts(row: PersonRow, text: string | null, detail: string | null, container: Element) {
  const drawn = squeezed(container.textContent ?? '');
  for (const key of [text, detail]) {
    if (key === null || key === 'plus' || key === 'close' || key === 'pass') continue;
    const name = key === 'sign_in_name';
    const shown = name ? `${upn.local}@${upn.domain}` : packLabel(row.pack, row.phone_lang, row.phone_os, key);
    expect(name ? read(container) : drawn).toContain(squeezed(shown));
  }
}

function checkWords(row: PersonRow, lang: Lang) {
  const args = { label: 'X', os: row.phone_os };
  packWord(row.pack, lang, `${row.id}-title`, args);
  const say = packWord(row.pack, lang, `${row.id}-say`, args);
  expect(say.includes('X'), `${row.id} ${lang}: ${say}`).toBe(row.tap !== null);
  if (packHas(row.pack, lang, `${row.id}-more`)) packWord(row.pack, lang, `${row.id}-more`, args);
  if (row.condition !== null) word(lang, row.condition);
}

/** Nothing runs over the edge of the glass or under the system's bar. */
function checkPlaces(row: PersonRow, signInName: string) {
  const lang: Lang = phoneLanguage(row.phone_lang);
  const text = (key: string) => packLabel(row.pack, row.phone_lang, row.phone_os, key);
  const { pieces, ring } = layout(row.phone, { os: row.phone_os, lang, text, signInName });
  for (const piece of pieces) {
    if (piece.is !== 'text') continue;
    const widest = Math.max(0, ...piece.lines.map((line) => width(line, piece.size)));
    const left = piece.anchor === 'middle' ? piece.x - widest / 2 : piece.x;
    expect(left).toBeGreaterThanOrEqual(24);
    expect(left + widest).toBeLessThanOrEqual(336);
    expect(piece.y + (piece.lines.length - 1) * piece.step).toBeLessThan(floor(row.phone_os));
  }
  if (ring) {
    expect(ring.x - 9).toBeGreaterThanOrEqual(14);
    expect(ring.x + ring.w + 9).toBeLessThanOrEqual(346);
    expect(ring.y + ring.h + 6).toBeLessThan(floor(row.phone_os) + 4);
  }
}

function squeezed(text: string): string {
  return text.replaceAll(/\s/g, '');
}
