/** The screens of the app's first start have a count of their own, and the last one stands for two rows (S25). */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { act, draw, settled, Station } from './station';

test('S25: the rows another one stood for are “not needed”, and the first start is counted apart', async () => {
  const container = await draw(new Station('board-stood-for', 'welcome'));
  await fireEvent.click(act(container, 'rows'));
  await settled();
  const passed = ['a1', 'a2', 'a3'].map((row) => act(container, `go_to:${row}`).textContent?.includes('要りません'));
  expect(passed).toEqual([true, true, false]);
  const first = await draw(new Station('board-first-start', 'walk-first-start'));
  expect(first.querySelector('[data-pane="person"] .step')).toHaveTextContent('はじめて開いた画面 1 / 3');
  expect(act(first, 'rows')).toHaveTextContent('初回 2 / 3');
});

test('a first screen that does not come is said apart from one that is done', async () => {
  const station = new Station('board-first-start', 'walk-first-start');
  const container = await draw(station);
  await fireEvent.click(act(container, 'person:not_shown'));
  await settled();
  await fireEvent.click(act(container, 'person:next'));
  await settled();
  expect(station.personWanted).toEqual([{ want: 'not_shown' }, { want: 'next' }]);
});
