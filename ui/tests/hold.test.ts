/** The rows around the pass wait for one; only the operator leads on without, and is asked first. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { word } from '../src/words';
import { draw, settled, Station } from './station';

const act = (container: HTMLElement, name: string) => container.querySelector<HTMLElement>(`[data-act="${name}"]`)!;

test.each(['ja', 'ja_easy', 'en'] as const)(
  'F2: in %s the person is told to wait, and nothing is ringed',
  async (lang) => {
    const station = new Station('board-hidden', 'walk-a5-held', lang);
    station.label = 'person-7';
    const container = await draw(station);
    expect(act(container, 'person:next')).toBeNull();
    expect(container.querySelector('[data-held]')).not.toBeNull();
    expect(container.querySelector('[data-target]')).toBeNull();
    expect(container.querySelector('[data-tap]')).toBeNull();
    await station.show(null, 'walk-a5');
    expect(container.querySelector('[data-target]')).not.toBeNull();
  },
);

test('F3: the operator is asked once before the person is led past the pass row', async () => {
  const station = new Station('board-waits', 'welcome');
  station.operator.person_pane = false;
  const container = await draw(station);
  expect(container.querySelector('.calls')).not.toBeNull();
  await fireEvent.click(act(container, 'rows'));
  await fireEvent.click(act(container, 'go_to:a6'));
  await fireEvent.click(act(container, 'rows'));
  await fireEvent.click(act(container, 'go_to:a9'));
  await fireEvent.click(act(container, 'go_to_without_pass'));
  const wanted = station.wanted.map((each) => (each.want === 'visit' ? each.act : each));
  expect(wanted).toEqual([
    { do: 'go_to', row: 'a6' },
    { do: 'go_to_without_pass', row: 'a9' },
  ]);
});

test('F23: the row picker names the rows', async () => {
  const station = new Station('board-waits', 'welcome', 'en');
  station.operator.person_pane = false;
  const container = await draw(station);
  await fireEvent.click(act(container, 'rows'));
  expect(act(container, 'go_to:a8').textContent).toContain('Register the phone');
});

test('F19: the person says which phone it is, and sees that store alone', async () => {
  const station = new Station('board-install', 'walk-install', 'en');
  station.label = 'person-7';
  const container = await draw(station);
  expect(container.querySelector('[data-qr]')).toBeNull();
  await fireEvent.click(act(container, 'person:choose_phone:android'));
  await settled();
  await fireEvent.click(act(container, 'person:app_installed'));
  await settled();
  expect(station.personWanted).toEqual([{ want: 'choose_phone', os: 'android' }, { want: 'app_installed' }]);
  await station.show(null, 'walk-install-chosen');
  expect(container.querySelectorAll('[data-qr]')).toHaveLength(1);
  expect(container.textContent).toContain('Microsoft Corporation, free of charge');
});

test('F19: no code stands beside a later row but behind its button', async () => {
  const station = new Station('board-install', 'walk-a3', 'en');
  station.label = 'person-7';
  const container = await draw(station);
  expect(container.querySelector('[data-qr]')).toBeNull();
  await fireEvent.click(act(container, 'person:app_code'));
  await settled();
  expect(container.querySelectorAll('[role="dialog"] [data-qr]')).toHaveLength(1);
});

test('F19: the code lies over the person’s side alone, and closes by its key, its button and with its row', async () => {
  const station = new Station('board-hidden', 'walk-a3');
  const container = await draw(station);
  const panel = () => container.querySelector('[data-pane="person"] [role="dialog"]');
  const show = async () => {
    await fireEvent.click(act(container, 'person:app_code'));
    await settled();
    expect(panel()).not.toBeNull();
    expect(container.querySelector('dialog[open]')).toBeNull();
    expect(act(container, 'person:app_code_close')).toHaveFocus();
  };
  await show();
  act(container, 'next').focus();
  await fireEvent.keyDown(act(container, 'next'), { key: 'Escape' });
  expect(panel(), 'a key of the operator’s').not.toBeNull();
  await fireEvent.keyDown(act(container, 'person:app_code_close'), { key: 'Escape' });
  await settled();
  expect(panel()).toBeNull();
  expect(act(container, 'person:app_code')).toHaveFocus();
  await show();
  await fireEvent.click(act(container, 'person:app_code_close'));
  await settled();
  expect(panel()).toBeNull();
  await show();
  await station.show(null, 'walk-a4');
  expect(panel(), 'another row').toBeNull();
  expect(act(container, 'person:app_code')).toHaveFocus();
  await show();
  await station.show('locked', 'out-of-service');
  expect(panel(), 'locked').toBeNull();
});

test.each(['ja', 'en'] as const)('F11: in %s what the person said reached the operator’s side', async (lang) => {
  const station = new Station('board-said', 'walk-a13-said', lang);
  const container = await draw(station);
  const [line] = container.querySelectorAll('[data-pane="operator"] .pace');
  expect(line?.textContent?.trim()).toBe(word(lang, 'op-row-said'));
  expect(act(container, 'person:done')).toHaveAttribute('aria-pressed', 'true');
});

test('F18: a row that was pressed and one that was proven look and sound different', async () => {
  const station = new Station('board-hidden', 'walk-a9', 'en');
  station.label = 'person-7';
  const container = await draw(station);
  expect([...container.querySelectorAll('li.proven')].at(-1)?.textContent).toContain('confirmed');
  expect(container.querySelector('li.done')?.textContent).toContain('passed');
});
