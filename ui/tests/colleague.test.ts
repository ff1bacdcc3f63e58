/** A pass that waits for a colleague (N26): why is said before the button, and what asking does. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { act, draw, Station } from './station';

const told = (container: HTMLElement) => container.querySelector('[data-colleague]');

test('where no pass waits, nothing is said and the button issues', async () => {
  const station = new Station('board-waits', 'walk-a5');
  const container = await draw(station);
  expect(told(container)).toBeNull();
  expect(act(container, 'issue_pass')).toHaveAttribute('aria-disabled', 'false');
});

test('why it waits stands before the button, which does nothing until a colleague has confirmed', async () => {
  const station = new Station('board-colleague', 'walk-a5');
  const container = await draw(station);
  expect(told(container)).toHaveAttribute('data-colleague', 'needed');
  expect(told(container)?.querySelectorAll('li')).toHaveLength(2);
  const issue = act(container, 'issue_pass');
  expect(issue).toHaveAttribute('aria-disabled', 'true');
  expect(issue).toHaveAccessibleDescription(/もう一人の担当者/);
  expect(told(container)!.compareDocumentPosition(issue) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  await fireEvent.click(issue);
  expect(station.wanted).toEqual([]);
  await fireEvent.click(act(container, 'ask_colleague'));
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'ask_colleague' } }]);
});

test('while one is asked the wait can be ended, and once confirmed the pass is issued', async () => {
  const station = new Station('board-colleague-asked', 'walk-a5');
  const container = await draw(station);
  expect(told(container)?.textContent).toContain('4:32');
  expect(act(container, 'issue_pass')).toHaveAttribute('aria-disabled', 'true');
  await fireEvent.click(act(container, 'stop_asking_colleague'));
  await station.show('board-colleague-confirmed', null);
  expect(told(container)?.textContent).toContain('岡田 修');
  await fireEvent.click(act(container, 'issue_pass'));
  expect(station.wanted.map((it) => 'act' in it && it.act.do)).toEqual(['stop_asking_colleague', 'issue_pass']);
});

test('a renewal waits as well, and its question is not asked before', async () => {
  const station = new Station('board-colleague-renewal', 'walk-a6-hidden');
  const container = await draw(station);
  const renew = act(container, 'renew_open');
  expect(renew).toHaveAttribute('aria-disabled', 'true');
  await fireEvent.click(renew);
  expect(container.querySelector('[data-act="renew_pass"]')).toBeNull();
});

test('the person reads nothing of it', async () => {
  const container = await draw(new Station('board-colleague', 'walk-a5'));
  const person = container.querySelector('[data-pane="person"]');
  expect(person).not.toBeNull();
  expect(person?.textContent).not.toContain('担当者の確認');
});

test('N26: while a pass is shown nothing is issued, and no colleague is asked for', async () => {
  const station = new Station('board-shown', 'walk-a6-shown');
  const { screen } = station.operator;
  if (screen.screen !== 'board') throw new Error('no board');
  screen.colleague = { state: 'needed', because: ['third_renewal'] };
  expect(told(await draw(station))).toBeNull();
  screen.pass = { ...screen.pass, revealed_s: null };
  await station.show(null, null);
  expect(told(document.body)).toHaveAttribute('data-colleague', 'needed');
});
