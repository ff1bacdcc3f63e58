/** The hand-out's dialog: what is asked for, and what became of it. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { HandOutView } from '../src/bindings/HandOutView';
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
