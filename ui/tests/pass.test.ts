/** The pass on the person's side: there while it is shown, and not a moment longer. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { shownPass } from '../src/fixtures';
import { act, draw, settled, Station } from './station';

const values = (container: HTMLElement) =>
  [...container.querySelectorAll('[data-pass-value] [data-glyph]')].map((glyph) => glyph.textContent);

test('one element a character, each named in words', async () => {
  const container = await draw(new Station('board-shown', 'walk-a6-shown'));
  expect(values(container)).toEqual([...shownPass]);
  const kinds = [...container.querySelectorAll('[data-pass-value] .kind')].map((kind) => kind.textContent);
  expect(kinds.slice(0, 3)).toEqual(['小文字', '数字', '大文字']);
  expect(container.querySelectorAll('[data-pass-value] .four')).toHaveLength(2);
});

test.each(['walk-a6-hidden', 'walk-a6-entered', 'walk-a6-expired', 'walk-a8', 'registered', 'goodbye', 'welcome'])(
  'it leaves the page when %s comes',
  async (next) => {
    const station = new Station('board-shown', 'walk-a6-shown');
    const container = await draw(station);
    await fireEvent.click(act(container, 'person:spell'));
    expect(container.querySelector('[data-spelled]')).not.toBeNull();
    await station.show('board-hidden', next);
    expect(container.querySelector('[data-pass-value]')).toBeNull();
    expect(container.querySelector('[data-glyph]')).toBeNull();
    expect(container.querySelector('[data-spelled]')).toBeNull();
    expect(document.documentElement.outerHTML).not.toContain(shownPass);
  },
);

test('where the station hangs it leaves the page by itself', async () => {
  const container = await draw(new Station('board-shown', 'walk-a6-shown'));
  expect(container.querySelector('[data-pass-value]')).not.toBeNull();
  const later = performance.now() + 90_000;
  vi.spyOn(performance, 'now').mockImplementation(() => later);
  try {
    await vi.waitFor(() => expect(container.querySelector('[data-pass-value]')).toBeNull());
  } finally {
    vi.restoreAllMocks();
  }
});

test('the operator side never holds it', async () => {
  const container = await draw(new Station('board-shown', 'walk-a6-shown'));
  const pane = container.querySelector('[data-pane="operator"]');
  expect(pane?.querySelector('[data-glyph]')).toBeNull();
  expect(act(container, 'hide')).toBeVisible();
  expect(act(container, 'longer').textContent).toContain('86');
});

test('N16: it is spelled on request, for the ear as well', async () => {
  const container = await draw(new Station('board-shown', 'walk-a6-shown'));
  const heard = container.querySelector('[data-pass-value] + [role="status"]');
  expect(heard).toBeEmptyDOMElement();
  await fireEvent.click(act(container, 'person:spell'));
  await settled();
  expect(container.querySelectorAll('[data-spelled] li')).toHaveLength(shownPass.length);
  // What was there before is told when it changes; what comes with its words is not.
  expect(heard).toContainElement(container.querySelector('[data-spelled]'));
});

test('the person uncovers it where the station lets them', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  await fireEvent.click(act(container, 'person:reveal'));
  await settled();
  expect(station.personWanted).toEqual([{ want: 'reveal' }]);
});

test('how long is left for a passkey stands on the operator’s side, beside what it takes', async () => {
  const container = await draw(new Station('board-passkey', 'walk-a8'));
  const clock = container.querySelector('[data-pane="operator"] [data-passkey]');
  expect(clock?.textContent).toContain('4:32');
  expect(clock?.textContent).toContain('パスキー');
  expect(container.querySelector('[data-pane="person"] [data-passkey]')).toBeNull();
  expect(container.querySelector('[data-pane="operator"]')?.textContent).toContain('Authenticator 6.8.37 以降');
});
