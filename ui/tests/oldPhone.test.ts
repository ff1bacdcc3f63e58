// The phone that was registered before: said, taken out of use, retired (S46, N7, N29).
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { OldPhoneAction } from '../src/bindings/OldPhoneAction';
import { act, draw, settled, Station } from './station';

const wanted = (action: OldPhoneAction) => ({ want: 'visit', visit: 7, act: action });

async function press(container: HTMLElement, ...names: string[]) {
  for (const name of names) {
    await fireEvent.click(act(container, name));
    await settled();
  }
}

/** What is in front when a question opens: with Enter alone nothing is removed. */
const first = (container: HTMLElement) =>
  container.querySelector('dialog[open] .buttons button')?.getAttribute('data-act');

test('N29: what became of the earlier phone is said or not, and a lost one asks who may have it', async () => {
  const station = new Station('found-earlier', 'welcome');
  const container = await draw(station);
  expect(container.querySelectorAll('[data-act^="earlier:"]')).toHaveLength(3);
  await press(container, 'earlier:replaced', 'earlier:lost');
  expect(station.wanted).toEqual([wanted({ do: 'say_earlier_phone', earlier: 'replaced' })]);
  expect(first(container)).toBe('earlier:lost_to_others');
  await press(
    container,
    'earlier:back',
    'earlier:lost',
    'earlier:lost_alone',
    'earlier:lost',
    'earlier:lost_to_others',
  );
  expect(station.wanted.slice(1)).toEqual([
    wanted({ do: 'say_earlier_phone', earlier: 'lost' }),
    wanted({ do: 'say_earlier_phone', earlier: 'lost_to_others' }),
  ]);
  container.remove();
  const said = new Station('found-earlier-lost', 'welcome');
  const again = await draw(said);
  expect(act(again, 'earlier:lost')).toHaveAttribute('aria-pressed', 'true');
  await press(again, 'earlier:lost');
  expect(said.wanted).toEqual([wanted({ do: 'say_earlier_phone', earlier: null })]);
  again.remove();
  const nobody = await draw(new Station('found', 'welcome'));
  expect(nobody.querySelector('[data-act^="earlier:"]')).toBeNull();
});

test('N29, F14: a phone that somebody may have goes with one yes, and going on without it takes one as well', async () => {
  const station = new Station('board-lost-phone', 'walk-a6-hidden');
  const container = await draw(station);
  expect(container.querySelectorAll('[data-lost-phone] [data-old]')).toHaveLength(2);
  const issue = act(container, 'issue_pass');
  expect(issue.getAttribute('aria-disabled')).toBe('true');
  expect(container.querySelector(`#${issue.getAttribute('aria-describedby')}`)?.textContent).toContain(
    'なくしたスマホ',
  );
  await fireEvent.click(issue);
  expect(station.wanted, 'a button that is off asks nothing').toEqual([]);
  await press(container, 'lost_phone');
  expect(first(container)).toBe('lost_phone_keep');
  await press(container, 'lost_phone_keep', 'lost_phone_go_on');
  expect(first(container)).toBe('lost_phone_keep');
  await press(container, 'lost_phone_keep');
  expect(station.wanted).toEqual([]);
  await press(container, 'lost_phone', 'lost_phone_yes', 'lost_phone_go_on', 'lost_phone_go_on_yes');
  expect(station.wanted).toEqual([wanted({ do: 'block_earlier_phone' }), wanted({ do: 'go_on_unblocked' })]);
});

test('N29: while it is taken out of use nothing else of it is begun', async () => {
  const station = new Station('board-lost-phone-busy', 'walk-a6-hidden');
  const container = await draw(station);
  await press(container, 'lost_phone', 'lost_phone_go_on');
  expect(container.querySelector('dialog[open]')).toBeNull();
  expect(station.wanted).toEqual([]);
});

test('N29: without the rights it is said who does it, and on which page', async () => {
  for (const lang of ['ja', 'en'] as const) {
    const container = await draw(new Station('board-lost-phone-elsewhere', 'walk-a6-hidden', lang));
    expect(container.querySelector('[data-act="lost_phone"]')).toBeNull();
    const away = container.querySelector('[data-away="both"]');
    expect(away).toHaveTextContent(lang === 'ja' ? '認証管理者' : 'Authentication Administrator');
    expect(away).toHaveTextContent(lang === 'ja' ? '「認証方法」' : '“Authentication methods”');
    container.remove();
  }
});

test('N7, F14: what was registered before goes one by one, each with a yes, or stays', async () => {
  const station = new Station('use-windows-old', 'welcome');
  const container = await draw(station);
  const listed = [...container.querySelectorAll('[data-old-phones] [data-old]')].map((one) => one.textContent);
  expect(listed[0]).toContain('SH-M24');
  expect(listed[0]).toContain('2025');
  await press(container, 'old_retire');
  expect(first(container)).toBe('old_keep');
  await press(container, 'old_keep');
  expect(station.wanted).toEqual([]);
  await press(container, 'old_retire', 'old_retire_yes', 'old_leave');
  expect(station.wanted).toEqual([
    wanted({ do: 'retire_method', method: 'old' }),
    wanted({ do: 'leave_method', method: 'old' }),
  ]);
  container.remove();
  const elsewhere = await draw(new Station('password-waits-old', 'welcome'));
  expect(elsewhere.querySelector('[data-act="old_retire"]')).toBeNull();
  expect(elsewhere.querySelector('[data-old-phones]')).toHaveTextContent('「認証方法」');
});
