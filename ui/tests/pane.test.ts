/** Views, revisions, refusals, and seconds running down. */
import { fireEvent } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { operatorView, trouble } from '../src/fixtures';
import { Pane, troubleFrom } from '../src/pane.svelte';
import { act, draw, settled, Station } from './station';

afterEach(() => {
  vi.useRealTimers();
});

test('a smaller revision never comes back', async () => {
  const station = new Station('home');
  station.operator.revision = 5;
  const container = await draw(station);
  station.operator = { ...operatorView('welcome', 'ja'), revision: 4 };
  await station.tell(6);
  expect(container.querySelector('[data-pane="operator"]')?.getAttribute('data-screen')).toBe('home');
  station.operator = { ...operatorView('locked', 'ja'), revision: 6 };
  await station.tell(6);
  expect(container.querySelector('[data-pane="operator"]')?.getAttribute('data-screen')).toBe('locked');
});

test('news that is older than what is shown is not even asked for', async () => {
  const station = new Station('home');
  station.operator.revision = 5;
  await draw(station);
  const before = station.asked.operator;
  await station.tell(3);
  expect(station.asked.operator).toBe(before);
});

test('the person view is asked for only where it is shown', async () => {
  const station = new Station('home');
  station.operator.person_pane = false;
  const container = await draw(station);
  expect(station.asked.person).toBe(0);
  expect(container.querySelector('[data-pane="person"]')).toBeNull();
});

test('a refusal is shown until something is taken', async () => {
  const station = new Station('home', 'welcome');
  const container = await draw(station);
  station.refuses = trouble('visits-full', 'A502');
  await fireEvent.click(act(container, 'start_visit'));
  await settled();
  expect(container.querySelector('[data-pane="operator"] [data-trouble="A502"]')).not.toBeNull();
  expect(container.querySelector('[data-pane="person"] [data-trouble]')).toBeNull();
  station.refuses = null;
  await fireEvent.click(act(container, 'start_visit'));
  await settled();
  expect(container.querySelector('[data-trouble]')).toBeNull();
});

test('what cannot be understood is told as unexpected', () => {
  expect(troubleFrom('permission denied').code).toBe('N106');
  expect(troubleFrom(null).message.key).toBe('trouble-unexpected');
});

test('actions go one after the other', async () => {
  const order: string[] = [];
  let free = () => {};
  const pane = new Pane<ReturnType<typeof operatorView>, string>({
    view: () => Promise.resolve(operatorView('home', 'ja')),
    act: (action) =>
      new Promise((resolve) => {
        order.push(`${action} begins`);
        free = () => {
          order.push(`${action} ends`);
          resolve();
        };
      }),
  });
  const first = pane.act('voucher');
  const second = pane.act('confirm');
  await settled();
  expect(order).toEqual(['voucher begins']);
  free();
  await first;
  await settled();
  expect(order).toEqual(['voucher begins', 'voucher ends', 'confirm begins']);
  free();
  expect(await second).toBe(true);
});

test('seconds run down from the arrival of the view, stop at nothing, and ask for nothing', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  const station = new Station('board-settling', 'walk-a6-settling');
  const container = await draw(station);
  const asked = { ...station.asked };
  const says = () => container.querySelector('[data-pane="person"] .wait')?.textContent ?? '';
  expect(says()).toContain('9\u00a0秒');
  vi.advanceTimersByTime(4_300);
  await settled();
  expect(says()).toContain('5\u00a0秒');
  vi.advanceTimersByTime(60_000);
  await settled();
  expect(says()).toContain('0\u00a0秒');
  expect(station.asked).toEqual(asked);
  expect(station.wanted).toEqual([]);
  expect(station.personWanted).toEqual([]);
});

test('a new view sets the seconds anew', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  const clock = () => container.querySelector('[data-pane="operator"] [data-countdown]')?.textContent;
  expect(clock()).toBe('28:00');
  vi.advanceTimersByTime(10_000);
  await settled();
  expect(clock()).toBe('27:50');
  await station.show('board-hidden', 'walk-a6-hidden');
  expect(clock()).toBe('28:00');
});
