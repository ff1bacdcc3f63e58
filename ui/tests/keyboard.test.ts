/** The keyboard reaches everything, in the order it is read. */
import { fireEvent } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { act, draw, Station } from './station';

/** The controls the Tab key visits, by what they do. */
async function order(container: HTMLElement): Promise<string[]> {
  const user = userEvent.setup();
  (document.activeElement as HTMLElement | null)?.blur();
  const seen: string[] = [];
  for (let press = 0; press < 40; press += 1) {
    await user.tab();
    const at = document.activeElement;
    if (!at || at === document.body || !container.contains(at)) break;
    seen.push(at.getAttribute('data-act') ?? at.getAttribute('name') ?? at.tagName);
  }
  return seen;
}

test('welcome', async () => {
  const container = await draw(new Station('welcome', 'welcome'));
  expect(await order(container)).toEqual([
    'text_sizes',
    'set_language:ja',
    'set_language:en',
    'sign_in',
    'person:set_text_size:normal',
    'person:set_text_size:large',
    'person:set_text_size:largest',
    'person:contrast',
    'person:read_aloud_none',
    'person:set_language:ja',
    'person:set_language:ja_easy',
    'person:set_language:en',
  ]);
});

test('board', async () => {
  const container = await draw(new Station('board-hidden', 'walk-a6-hidden'));
  expect(await order(container)).toEqual([
    'text_sizes',
    'set_language:ja',
    'set_language:en',
    'lock',
    'phone',
    'look_now',
    'reveal',
    'renew_open',
    'back',
    'rows',
    'next',
    'paper',
    'cancel',
    'leave_unfinished',
    'finish',
    'person:set_text_size:normal',
    'person:set_text_size:large',
    'person:set_text_size:largest',
    'person:contrast',
    'person:read_aloud_none',
    'person:set_language:ja',
    'person:set_language:ja_easy',
    'person:set_language:en',
    'person:app_code',
    'person:reveal',
    'person:back',
    'person:other_screen',
    'person:next',
  ]);
});

test('a new screen takes the keyboard to its heading, but never out of the other pane', async () => {
  const station = new Station('home', 'welcome');
  const container = await draw(station);
  await station.show('find', 'welcome');
  expect(container.querySelector('input[name="person"]')).toHaveFocus();
  const next = container.querySelector<HTMLElement>('[data-act="find"]');
  next?.focus();
  await station.show(null, 'checking');
  expect(next).toHaveFocus();
});

test('N16: one key leads from side to side, but not past a question', async () => {
  const user = userEvent.setup();
  const container = await draw(new Station('board-hidden', 'walk-a6-hidden'));
  const side = () => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
  act(container, 'rows').focus();
  await user.keyboard('{F6}');
  expect(side()).toBe('person');
  expect(document.activeElement?.closest('[data-pane]')).toHaveAccessibleName('ご本人の画面');
  await user.keyboard('{F6}');
  expect(side()).toBe('operator');
  await fireEvent.click(act(container, 'cancel'));
  const before = document.activeElement;
  await user.keyboard('{F6}');
  expect(document.activeElement).toBe(before);
});
