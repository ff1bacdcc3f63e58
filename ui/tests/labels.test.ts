/** What is tapped on the phone and what is pressed on the board never bear the same name. */
import { expect, test } from 'vitest';
import type { Lang } from '../src/bindings/Lang';
import type { PhoneOs } from '../src/bindings/PhoneOs';
import { operatorScreens, personScreens } from '../src/fixtures';
import { packRows, packs, otherScreens } from '../src/fixtures/packRows';
import { packHas, packLabel, packWord, word } from '../src/words';
import { draw, Station } from './station';

const reading: Lang[] = ['ja', 'ja_easy', 'en'];
const systems: PhoneOs[] = ['ios', 'android'];
const phones: Lang[] = ['ja', 'en'];

/** As it is seen: without readings, and without the blanks easy Japanese has between words. */
const plain = (text: string) =>
  text
    .replace(/《[^》]*》/g, '')
    .replace(/\s+/g, '')
    .toLowerCase();

const labels = new Map<string, string>();
for (const pack of packs)
  for (const os of systems)
    for (const { tap } of [...packRows(pack.id, os, 'ja'), ...otherScreens(pack.id, os)])
      for (const phone of phones) if (tap !== null) labels.set(plain(packLabel(pack.id, phone, os, tap)), tap);

/** The screens that stand while somebody walks through the rows. */
const boards = (screens: object, named: RegExp) => Object.keys(screens).filter((name) => named.test(name));

/** The words of each button that is drawn, without the readings above them and the pictures inside. */
function buttons(container: HTMLElement): string[] {
  return [...container.querySelectorAll('button')].map((button) => {
    const copy = button.cloneNode(true) as Element;
    for (const part of copy.querySelectorAll('rt, svg, [data-verbatim]')) part.remove();
    return plain(copy.textContent ?? '');
  });
}

test('F1: the labels to tap are known', () => {
  expect(labels.get(plain('次へ'))).toBe('next');
  expect(labels.get(plain('Done'))).toBe('done');
  expect(labels.size).toBeGreaterThan(30);
});

test.each(reading.flatMap((lang) => boards(personScreens, /^(walk|registered)/).map((name) => [lang, name] as const)))(
  'F1: in %s no button of the person’s %s is called like a label on the phone',
  async (lang, name) => {
    const station = new Station('board-hidden', name, lang);
    station.label = 'person-7';
    const taken = buttons(await draw(station)).filter((words) => labels.has(words));
    expect(taken).toEqual([]);
  },
);

test.each(
  (['ja', 'en'] as const).flatMap((lang) => boards(operatorScreens, /^board/).map((name) => [lang, name] as const)),
)('F1: in %s no button of the operator’s %s is called like a label on the phone', async (lang, name) => {
  const station = new Station(name, 'welcome', lang);
  station.operator.person_pane = false;
  const taken = buttons(await draw(station)).filter((words) => labels.has(words));
  expect(taken).toEqual([]);
});

test.each(packs.map((pack) => pack.id))('F1: %s says of every control that it is on the phone', (id) => {
  const rows = systems.flatMap((os) => [
    ...packRows(id, os, 'ja').map((row) => ({ key: row.id, tap: row.tap, os })),
    ...otherScreens(id, os).map((other) => ({ key: `other-${other.id}`, tap: other.tap, os })),
  ]);
  for (const lang of reading)
    for (const { key, tap, os } of rows) {
      if (packHas(id, lang, `${key}-next`))
        expect(labels.has(plain(packWord(id, lang, `${key}-next`))), `${lang} ${key}`).toBe(false);
      if (tap === null) continue;
      const said = packWord(id, lang, `${key}-say`, { label: packLabel(id, 'ja', os, tap), os });
      expect(said, `${lang} ${key}`).toMatch(lang === 'en' ? /\bon your phone\b/i : /スマホ[のに]/);
    }
});

test('F1: paper and mail say of the control below the sign-in name that it is on the phone', () => {
  for (const lang of reading)
    expect(word(lang, 'paper-sign-in-name', { label: 'X' }), lang).toMatch(
      lang === 'en' ? /“X” on your phone\./ : /スマホの「X」/,
    );
});

test('F1: nor is any of the operator’s words for closing something called like one', () => {
  for (const lang of ['ja', 'en'] as const)
    for (const key of ['op-phone-done', 'op-key-done', 'go-back', 'op-told-dismiss', 'op-uninvited-noted'])
      expect(labels.has(plain(word(lang, key))), `${lang} ${key}`).toBe(false);
});

test('the pass is no password, for none is ever asked for or handed out here', () => {
  for (const [pack, row] of [
    ['walkthrough-a', 'a6'],
    ['walkthrough-b', 'b3'],
    ['walkthrough-c', 'c5'],
  ] as const)
    for (const lang of reading)
      expect(packWord(pack, lang, `${row}-more`), `${lang} ${row}`).not.toMatch(/パスワードです|is a password/);
});
