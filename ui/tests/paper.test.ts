/** The hand-out's dialog: what is asked for, and what became of it. */
import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { HandOut } from '../src/bindings/HandOut';
import type { HandOutView } from '../src/bindings/HandOutView';
import type { Lang } from '../src/bindings/Lang';
import { personScreens } from '../src/fixtures';
import { packRows, packs } from '../src/fixtures/packRows';
import { builtInLanguages } from '../src/languages';
import Sheet from '../src/paper/Sheet.svelte';
import { act, draw, settled, Station } from './station';

async function board(handOut: Partial<HandOutView> | null): Promise<{ station: Station; container: HTMLElement }> {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const screen = station.operator.screen;
  if (screen.screen !== 'board') throw new Error('no board');
  screen.hand_out = handOut === null ? null : { paper: 'a4', making: false, done: null, ...handOut };
  return { station, container: await draw(station) };
}

async function opened(handOut: Partial<HandOutView>) {
  const drawn = await board(handOut);
  await fireEvent.click(act(drawn.container, 'paper'));
  await settled();
  return drawn;
}

test.each(['a4', 'a5'] as const)('%s is asked for at one press, and the dialog stays to tell', async (paper) => {
  const { station, container } = await opened({});
  await fireEvent.click(act(container, `make_hand_out:${paper}`));
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'make_hand_out', paper } }]);
  expect(container.querySelector('dialog[open]')).not.toBeNull();
});

test.each(['a4', 'a5'] as const)('the size the site hands out stands first: %s', async (paper) => {
  const { container } = await opened({ paper });
  const sizes = [...container.querySelectorAll('[data-act^="make_hand_out:"]')];
  expect(sizes[0]).toHaveAttribute('data-act', `make_hand_out:${paper}`);
  expect(sizes.map((size) => size.classList.contains('button--main'))).toEqual([true, false]);
});

test('while one is made no second one can be asked for, and it says so', async () => {
  const { container } = await opened({ making: true });
  for (const size of ['a4', 'a5']) expect(act(container, `make_hand_out:${size}`)).toBeDisabled();
  expect(act(container, 'paper')).toHaveAttribute('data-hand-out', 'making');
  expect(container.querySelector('dialog [role="status"]')?.textContent?.trim()).not.toBe('');
});

test('where it went is read out', async () => {
  const done = { key: 'op-paper-saved', args: { file: 'madoguchi-a4.pdf' } };
  const { container } = await opened({ done });
  const told = container.querySelector('dialog [role="status"]');
  expect(told).toHaveTextContent('madoguchi-a4.pdf');
  expect(act(container, 'paper')).toHaveAttribute('data-hand-out', 'done');
});

test('a site without paper has no such button', async () => {
  const { container } = await board(null);
  expect(container.querySelector('[data-act="paper"]')).toBeNull();
});

/** The steps on paper, as every station has them. */
const onSheets = packs.flatMap(({ id }) =>
  builtInLanguages().flatMap((lang) => (['ios', 'android'] as const).map((os) => [id, lang, os] as const)),
);
/** What points at a picture or a field beside the words, of which paper has none. */
const points = /this (screen|picture)|shown here|この ?(画面|絵|図)(に|を|の)|表示のサインイン名/i;

test.each(onSheets)('%s in %s on %s points at nothing that the paper does not have', (id, lang, os) => {
  const rows = packRows(id, os, lang);
  const handOut: HandOut = { ...onPaper('card-on-roll').handOut, paper: 'a4', lang, card: null, pack: id, rows };
  const { container } = render(Sheet, { handOut });
  for (const reading of container.querySelectorAll('rt')) reading.remove();
  const steps = container.querySelectorAll('ol li');
  expect(steps).toHaveLength(rows.length);
  for (const step of steps) expect(step.textContent).not.toMatch(points);
});

/** A Chinese character that stands without a reading. */
const bareHan = (of: Element) => {
  const copy = of.cloneNode(true) as Element;
  for (const read of copy.querySelectorAll('ruby')) read.remove();
  return /\p{Script=Han}/u.exec(copy.textContent ?? '')?.[0] ?? null;
};

test.each(packs.flatMap(({ id }) => (['a4', 'a5'] as const).map((paper) => [id, paper] as const)))(
  '1.3: in easy Japanese the steps of %s on %s have readings, in the labels to tap as well',
  (id, paper) => {
    const rows = packRows(id, 'ios', 'ja');
    const handOut: HandOut = { ...onPaper('card-on-roll').handOut, paper, lang: 'ja_easy', card: null, pack: id, rows };
    const { container } = render(Sheet, { handOut });
    const steps = [...container.querySelectorAll('ol li')];
    expect(steps).toHaveLength(rows.length);
    for (const step of steps) expect(bareHan(step), step.textContent).toBeNull();
    cleanup();
  },
);

/** The closing card on paper, made of what one is on the screen. */
function onPaper(name: string, lang: Lang = 'ja'): { paper: HTMLElement; handOut: HandOut } {
  const screen = personScreens[name]!;
  if (screen.screen !== 'card') throw new Error('no card');
  const { kind, password, help_hours, after_hours } = screen;
  const handOut: HandOut = {
    paper: 'a5',
    lang,
    training: false,
    organisation: { ja: 'システム室《しつ》', en: 'Systems room' },
    help_line: '0776-20-3660',
    pack: 'walkthrough-a',
    rows: [],
    phone_os: 'ios',
    phone_lang: 'ja',
    stores: [],
    helps: screen.helps,
    not_used: screen.not_used,
    card: { kind, password, help_hours, after_hours },
    site_files: [],
  };
  return { paper: render(Sheet, { handOut }).container, handOut };
}

const letters = (of: Element | null) => of?.textContent?.replace(/\s/g, '') ?? '';
const cards = Object.keys(personScreens).filter((name) => personScreens[name]!.screen === 'card');

test.each(cards)('%s says the same on paper as on the screen', async (name) => {
  const station = new Station('receipt-on-roll', name);
  const screen = await draw(station);
  const { paper } = onPaper(name);
  const said = [...screen.querySelectorAll('[data-card] li, [data-card] p')].map(letters).filter((text) => text !== '');
  expect(said.length).toBeGreaterThan(5);
  for (const text of said) expect(letters(paper)).toContain(text);
  expect(paper.querySelectorAll('[data-sketch]')).toHaveLength(3);
});

test.each(cards)("the site's words on %s bear readings on an easy paper, and on no other a mark", (name) => {
  for (const lang of ['ja', 'en', 'ja_easy'] as const) {
    const { paper } = onPaper(name, lang);
    expect(paper.textContent).not.toMatch(/[《》]/);
    expect(paper.querySelector('.from rt')?.textContent, lang).toBe(lang === 'ja_easy' ? 'しつ' : undefined);
    cleanup();
  }
});

test('the closing card is put on paper at one press, and what became of it is said', async () => {
  const station = new Station('receipt-on-roll', 'card-on-roll');
  const container = await draw(station);
  await fireEvent.click(act(container, 'make_hand_out:a5'));
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'make_hand_out', paper: 'a5' } }]);
  const done = await draw(new Station('receipt-paper', 'card-on-roll'));
  expect(act(done, 'make_hand_out:a5')).toHaveAttribute('data-hand-out', 'done');
  const none = await draw(new Station('receipt-no-paper', 'card-on-roll'));
  expect(none.querySelector('[data-act="make_hand_out:a5"]')).toBeNull();
});

const from = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const quotes = { ja: /「([^」]+)」/g, en: /“([^”]+)”/g } as const;

test.each(Object.entries(quotes))("the operator's card calls the buttons as the screens do in %s", (lang, quoted) => {
  const messages = from(`../locales/${lang}/screens.ftl`)
    .split('\n')
    .flatMap((line) => /^[\w-]+ = (.+)/.exec(line)?.[1] ?? []);
  const names = [...from(`../../docs/operator-card.${lang}.md`).matchAll(quoted)].map((name) => name[1]!);
  expect(names.length).toBeGreaterThan(8);
  // A long name may be said by its first words.
  const known = (name: string) => messages.some((said) => said === name || /^(。| – )/.test(said.slice(name.length)) && said.startsWith(name)); // prettier-ignore
  expect(names.filter((name) => !known(name))).toEqual([]);
});
