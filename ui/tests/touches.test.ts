/** Whose touch it was, and what is nobody's (F19). */
import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draw, settled, Station } from './station';

let now = 100_000;
let station: Station;
let operator: HTMLElement;
let person: HTMLElement;

/** An event a while after the one before. */
async function happens(at: Element, event: Event, later = 10_000): Promise<void> {
  now += later;
  Object.defineProperty(event, 'timeStamp', { value: now });
  await fireEvent(at, event);
}

const key = (type: 'keydown' | 'keyup', code: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent(type, { code, key: code, bubbles: true, cancelable: true, ...more });
const pointer = (type: string) => new MouseEvent(type, { bubbles: true });

beforeEach(async () => {
  station = new Station('board-hidden', 'walk-a6-hidden');
  const page = await draw(station);
  operator = page.querySelector('[data-pane="operator"] h1')!;
  person = page.querySelector('[data-pane="person"] h1')!;
});

afterEach(() => vi.restoreAllMocks());

test('the pane decides whose touch it was f19', async () => {
  await happens(person, pointer('pointerdown'));
  expect(station.touched).toEqual(['person']);
  await happens(operator, key('keydown', 'KeyA'));
  expect(station.touched).toEqual(['person', 'operator']);
  await happens(operator, new WheelEvent('wheel', { bubbles: true }));
  expect(station.touched).toEqual(['person', 'operator', 'operator']);
});

test('a pointer that only moves counts for nobody f19', async () => {
  for (const type of ['pointermove', 'mousemove', 'pointerenter', 'pointerover', 'mouseover']) {
    await happens(operator, pointer(type));
    await happens(person, pointer(type));
  }
  expect(station.touched).toEqual([]);
});

test('a key that repeats counts once, whether the system says so or not f19', async () => {
  await happens(operator, key('keydown', 'KeyA'));
  for (let second = 0; second < 600; second += 1) {
    await happens(operator, key('keydown', 'KeyA', { repeat: second % 2 === 0 }), 1_000);
  }
  expect(station.touched).toEqual(['operator']);
  await happens(operator, key('keyup', 'KeyA'));
  await happens(operator, key('keydown', 'KeyA'));
  expect(station.touched).toEqual(['operator', 'operator']);
});

test('a stuck key presses nothing f19', async () => {
  const button = document.querySelector('[data-act="next"]')!;
  const first = key('keydown', 'Enter');
  await happens(button, first);
  const again = key('keydown', 'Enter', { repeat: true });
  await happens(button, again, 30);
  expect([first.defaultPrevented, again.defaultPrevented]).toEqual([false, true]);
});

test.each([
  ['Enter', () => document.body],
  ['Enter', () => person],
  [' ', () => document.documentElement],
])('%s that comes up where the button no longer is presses the next one', async (code, where) => {
  const button = document.querySelector('[data-act="next"]')!;
  await happens(button, key('keydown', code));
  await happens(where(), key('keyup', code), 60);
  const next = key('keydown', code);
  await happens(button, next, 200);
  expect(next.defaultPrevented).toBe(false);
});

test('many touches are told now and then, and nothing is drawn anew for them', async () => {
  await settled();
  const asked = { ...station.asked };
  for (let turn = 0; turn < 50; turn += 1) await happens(operator, pointer('pointerdown'), 100);
  expect(station.touched).toEqual(['operator']);
  await happens(operator, pointer('pointerdown'), 5_000);
  expect(station.touched).toEqual(['operator', 'operator']);
  expect(station.asked).toEqual(asked);
});

test('a screen without names says when they come back', async () => {
  const page = await draw(new Station('locked', 'walk-a5-nameless'));
  const pane = page.querySelector('[data-pane="person"]')!;
  expect(pane.textContent).toContain('お名前は表示しません');
  expect(pane.querySelector('[data-upn]')).toBeNull();
  expect(pane.textContent).not.toContain('さん');
});
