/** T13: what anybody may have typed into a directory is text on the page, and nothing else. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import corpus from '../src/fixtures/hostile.json';
import { operatorView } from '../src/fixtures';
import { message } from '../src/words';
import { act, draw, settled, Station } from './station';

const shown = corpus.strings.map((row) => row.shown);

test('there are five hundred of them', () => {
  expect(shown).toHaveLength(500);
});

/** In pieces, so that no one test draws for long. */
const pieces = Array.from({ length: 20 }, (_, at) => shown.slice(at * 25, at * 25 + 25));

test.each(pieces.map((piece, at) => ({ at, piece })))(
  'piece $at is shown as it is, set apart, and makes no element',
  async ({ piece }) => {
    const station = new Station('find-several', 'welcome');
    const screen = station.operator.screen;
    if (screen.screen !== 'find') throw new Error('no list');
    const [first] = screen.choices;
    if (!first) throw new Error('nobody found');
    const choices = piece.map((name, at) => ({ ...first, user: String(at), name, department: name }));
    station.operator.screen = { ...screen, choices };
    const container = await draw(station);
    const names = [...container.querySelectorAll('[data-user] bdi.name')];
    expect(names.map((name) => name.textContent)).toEqual(piece);
    for (const name of names) {
      const others = [...name.querySelectorAll('*')].filter(
        (element) => !['WBR', 'SPAN', 'RUBY', 'RT'].includes(element.tagName),
      );
      expect(others).toEqual([]);
    }
    expect(container.querySelector('[data-user] :is(img, script, b)')).toBeNull();
  },
);

test('a name that mixes scripts is marked', async () => {
  const station = new Station('find-several', 'welcome');
  const container = await draw(station);
  const marked = [...container.querySelectorAll('[data-user]')].map(
    (row) => row.querySelector('[data-mixed]') !== null,
  );
  expect(marked).toEqual([false, true]);
});

test('a name that runs the other way leaves the sentence around it in order', () => {
  const sent = { key: 'op-locked-sign-in', args: { name: 'יוסף' } };
  expect(message('en', sent)).toBe('Sign in as \u2068יוסף\u2069');
  expect(message('en', { ...sent, args: { name: '窓口' } })).toBe('Sign in as 窓口');
});

test.each(['confirm_operator', 'refuse_operator'])(
  'who signed in stands there large, and %s is one press',
  async (want) => {
    const station = new Station('confirm-operator', 'welcome');
    const screen = operatorView('confirm-operator', 'ja').screen;
    if (screen.screen !== 'confirm_operator') throw new Error('another screen');
    const container = await draw(station);
    const pane = container.querySelector('[data-pane="operator"]');
    for (const text of [screen.name, screen.upn, screen.expected]) expect(pane?.textContent).toContain(text);
    await fireEvent.click(act(container, want));
    await settled();
    expect(station.wanted).toEqual([{ want }]);
  },
);
