/** What is told of earlier visits beside the next visitor names nobody, and a lock offers nothing that it refuses. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { act, draw, settled, Station } from './station';

const side = (container: HTMLElement) => container.querySelector('[data-pane="operator"]')?.textContent ?? '';

test.each([
  ['home-told-pending', '前田', '前花'],
  ['home-told-pending', 'hanako.maeda', 'h…'],
  ['find-question', 'hanako.maeda', 'h…'],
  ['check-question', 'hanako.maeda', 'h…'],
  ['receipt-question', 'hanako.maeda', 'h…'],
  ['home-no', 'aoi.mihon', 'a…'],
])('%s: beside the next visitor %s is %s until the operator asks, and alone the whole', async (screen, name, short) => {
  const station = new Station(screen, 'welcome');
  const container = await draw(station);
  expect(side(container)).not.toContain(name);
  expect(side(container)).toContain(short);
  const show = [...container.querySelectorAll<HTMLElement>('[data-act="show_names"]')];
  for (const button of show) await fireEvent.click(button);
  await settled();
  expect(side(container)).toContain(name);
  for (const button of show) await fireEvent.click(button);
  await settled();
  expect(side(container)).not.toContain(name);
  expect(station.wanted, 'nothing is asked of the station').toEqual([]);
  station.operator.person_pane = false;
  station.operator.revision += 1;
  await station.tell(station.operator.revision);
  expect(side(container)).toContain(name);
  expect(container.querySelector('[data-act="show_names"]')).toBeNull();
});

test('a name that was asked for is gone on the next screen', async () => {
  const station = new Station('find-question', 'welcome');
  const container = await draw(station);
  await fireEvent.click(act(container, 'show_names'));
  await settled();
  expect(side(container)).toContain('hanako.maeda');
  await station.show('check-question', 'checking');
  expect(side(container)).not.toContain('hanako.maeda');
});

test('the name of whoever is in front is no secret: it stands there anyway', async () => {
  const station = new Station('check-uninvited', 'checking');
  for (const told of station.operator.uninvited) told.person = '見本 利用者';
  for (const question of station.operator.pass_questions) question.upn = 'fctv-user@cablechan.biz';
  const container = await draw(station);
  expect(container.querySelector('[data-uninvited] .whose')?.textContent).toContain('見本 利用者');
  expect(container.querySelector('[data-act="show_names"]')).toBeNull();
});

test('the last screen does not say that nothing stays where something does', async () => {
  const clean = 'この方の情報は、この端末の画面に残りません';
  expect(side(await draw(new Station('receipt', 'goodbye')))).toMatch(new RegExp(`(?<!ほかに、)${clean}`));
  const container = await draw(new Station('receipt-question', 'goodbye'));
  expect(side(container)).toContain(`案内のほかに、${clean}`);
});

test('while the station is locked the pass is not offered: the button is off and says whom to wait for', async () => {
  const station = new Station('locked', 'walk-a6-locked');
  const container = await draw(station);
  const button = act(container, 'person:reveal');
  expect(button).toHaveAttribute('aria-disabled', 'true');
  const why = container.querySelector(`#${button.getAttribute('aria-describedby')}`);
  expect(why?.textContent?.replace(/\s/g, '')).toContain('担当者が戻ってから');
  await fireEvent.click(button);
  await settled();
  expect(station.personWanted).toEqual([]);
});

test('in larger text what is typed and its button come before the kinds of search', async () => {
  const first = async (size: 'normal' | 'largest') => {
    const station = new Station('find', 'welcome');
    station.operator.text_size = size;
    window.matchMedia = (media) => Object.assign(new EventTarget(), { media, matches: true }) as MediaQueryList;
    return (await draw(station)).querySelector('form input')?.getAttribute('name');
  };
  const before = window.matchMedia;
  expect([await first('normal'), await first('largest')]).toEqual(['by', 'person']);
  window.matchMedia = before;
});
