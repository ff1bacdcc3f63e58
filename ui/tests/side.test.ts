/** Visits side by side: the list on the left, numbers for a turn, and nothing of one visit on another's screen. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { visitList } from '../src/fixtures/list';
import { trouble } from '../src/fixtures/parts';
import { act, draw, settled, Station } from './station';

test('where one visit is all there is, there is no list and no number', async () => {
  const container = await draw(new Station('board-shown', 'walk-a6-shown'));
  expect(container.querySelector('nav, [data-ticket]')).toBeNull();
  expect(container.querySelector('.window--list, .listed')).toBeNull();
});

test('a tap brings a visit to the front, and the one in front stays', async () => {
  const station = new Station('board-list', 'walk-a6-shown');
  const container = await draw(station);
  for (const name of ['resume:7', 'resume:9', 'put_aside', 'list_start_visit', 'list_take_ticket']) {
    await fireEvent.click(act(container, name));
    await settled();
  }
  expect(station.wanted).toEqual([
    { want: 'resume', visit: 9 },
    { want: 'put_aside' },
    { want: 'start_visit' },
    { want: 'take_ticket' },
  ]);
});

test('a full list starts no other, and with nobody in front nothing is put aside', async () => {
  const full = new Station('board-list-full', 'walk-a6-shown');
  await fireEvent.click(act(await draw(full), 'list_start_visit'));
  const home = new Station('home-list', 'welcome');
  const container = await draw(home);
  await fireEvent.click(act(container, 'put_aside'));
  await settled();
  expect([...full.wanted, ...home.wanted]).toEqual([]);
});

test('folded or not, each card says its number, its state and that something happened', async () => {
  const container = await draw(new Station('board-list', 'walk-a6-shown'));
  const texts = () => container.querySelector('[data-act="resume:8"]')?.textContent ?? '';
  expect(container.querySelector('nav')?.dataset.list).toBe('folded');
  for (const part of ['番号 4', '登録済み', '変化']) expect(texts()).toContain(part);
  expect(container.querySelector('[data-act="resume:7"]')).toHaveAttribute('aria-current', 'true');
  await fireEvent.click(act(container, 'fold_list'));
  await settled();
  expect(container.querySelector('nav')?.dataset.list).toBe('open');
  expect(texts()).toContain('SU');
  expect(container.querySelector('nav [role="status"]')?.textContent).toContain('番号 4');
});

test('N17: numbers are handed out, called and given up', async () => {
  const station = new Station('home-list', 'welcome');
  const container = await draw(station);
  expect(act(container, 'start_visit').textContent).toContain('12');
  for (const name of ['take_ticket', 'call_next', 'no_show:12', 'call:9', 'no_show:9']) {
    await fireEvent.click(act(container, name));
    await settled();
  }
  expect(station.wanted).toEqual([
    { want: 'take_ticket' },
    { want: 'call_ticket', number: 13 },
    { want: 'no_show', number: 12 },
    { want: 'call_ticket', number: 9 },
    { want: 'no_show', number: 9 },
  ]);
});

test('the person sees the number that is called, and later its own', async () => {
  const station = new Station('home-list', 'welcome');
  station.person.ticket = 12;
  const container = await draw(station);
  expect(container.querySelector('[data-pane="person"] [data-ticket="12"]')?.textContent).toContain('どうぞ');
  station.label = 'person-7';
});

test('what was opened on one visit is not open on the next', async () => {
  const station = new Station('board-list', 'walk-a6-shown');
  const container = await draw(station);
  await fireEvent.click(act(container, 'cancel'));
  await settled();
  expect(container.querySelector('[data-act="cancel_confirm"]')).not.toBeNull();
  const board = station.operator.screen;
  if (board.screen !== 'board') throw new Error('no board');
  board.visit = 8;
  station.operator.list = visitList(5, 8, []);
  await station.tell((station.operator.revision += 1));
  expect(container.querySelector('[data-act="cancel_confirm"]')).toBeNull();
});

test('a touch says whose screen it was, and a refusal does not stay for the next person', async () => {
  const station = new Station('board-list', 'walk-a5');
  const seen: (number | null)[] = [];
  station.personAct = (action, visit = null) => {
    seen.push(visit);
    station.personWanted.push(action);
    return Promise.reject(trouble('not-now', 'A501'));
  };
  Object.assign(station.person, { visit: 7, ticket: 3 });
  const container = await draw(station);
  await fireEvent.click(act(container, 'person:next'));
  await settled();
  expect(seen).toEqual([7]);
  const refusal = () => container.querySelector('[data-pane="person"] [data-trouble]');
  expect(refusal()).not.toBeNull();
  Object.assign(station.person, { visit: 8, ticket: 4, revision: 9 });
  station.operator.revision = 9;
  await station.tell(9);
  expect(refusal()).toBeNull();
});
