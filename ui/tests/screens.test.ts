/** What stands on the screens, in whatever language. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { sound } from './look';
import { act, draw, Station } from './station';

test.each([
  ['welcome', 'welcome'],
  ['board-shown', 'walk-a6-shown'],
  ['board-registered', 'registered'],
])('both panes in one window: %s, %s', async (operator, person) => {
  const container = await draw(new Station(operator, person));
  expect(container.querySelectorAll('[data-pane]')).toHaveLength(2);
  expect(await sound(container)).toEqual([]);
});

test('the training banner goes only with the station that needs it', async () => {
  const station = new Station();
  station.operator.training = false;
  station.person.training = false;
  const container = await draw(station);
  expect(container.querySelector('[data-training]')).toBeNull();
});

test('S06–S12, S14–S16: the waiting person sees where it helps, where not, and both codes with their addresses', async () => {
  const container = await draw(new Station('welcome', 'welcome'));
  const pane = container.querySelector('[data-pane="person"]');
  for (const part of ['Teams', 'Horizon', 'プロビジョニング', 'Storage', 'Windows のサインイン', 'SSO']) {
    expect(pane?.textContent).toContain(part);
  }
  expect(pane?.querySelectorAll('svg[data-qr]')).toHaveLength(2);
  expect(pane?.textContent).toContain('apps.apple.com/app/microsoft-authenticator/id983156458');
  expect(pane?.textContent).toContain('play.google.com/store/apps/details?id=com.azure.authenticator');
  expect(pane?.textContent).toContain('Microsoft Authenticator');
});

test('S12, S46: the last card says it once more, and whom to call when the phone is lost', async () => {
  const container = await draw(new Station('receipt', 'goodbye'));
  const pane = container.querySelector('[data-pane="person"]');
  expect(pane?.textContent).toContain('Horizon');
  expect(pane?.textContent).toContain('スマホをなくしたとき');
});

test.each(['goodbye-cancelled', 'goodbye-unfinished', 'goodbye-too-old', 'goodbye-no-lock', 'goodbye-no-phone'])(
  'F25: %s says nothing of what a phone that was set up is good for, nor of losing it',
  async (name) => {
    const container = await draw(new Station('receipt', name));
    const pane = container.querySelector('[data-pane="person"]');
    expect(pane?.querySelector('.where')).toBeNull();
    expect(pane?.textContent).not.toMatch(/Horizon|なくしたとき|機種を変える/);
    expect(pane?.querySelector('.lost')?.textContent).toContain('分からないことは');
  },
);

test('the summary leads to the next visit in one press, or quietly to the first screen', async () => {
  const station = new Station('receipt', 'goodbye');
  const container = await draw(station);
  expect(act(container, 'start_next')).toHaveClass('button--main');
  expect(act(container, 'close')).toHaveClass('button--quiet');
  await fireEvent.click(act(container, 'start_next'));
  expect(station.wanted.at(-1)).toMatchObject({ want: 'visit', act: { do: 'start_next' } });
});

test('S26: at A5 the sign-in name is large in two groups and the mail address is struck out', async () => {
  const container = await draw(new Station('board-early', 'walk-a5'));
  const pane = container.querySelector('[data-pane="person"]');
  expect(pane?.getAttribute('data-row')).toBe('a5');
  expect(pane?.querySelector('[data-upn]')?.textContent).toBe('fctv-user@cablechan.biz');
  expect(pane?.querySelector('del')?.textContent).toBe('mail-name@example.jp');
});

test('S25.4, S29: the row for several accounts says so, and A8 carries the privacy sentence', async () => {
  const station = new Station('board-issue', 'walk-a4');
  const container = await draw(station);
  expect(container.querySelector('.condition')?.textContent).toContain('複数');
  await station.show(null, 'walk-a8');
  expect(container.querySelector('[data-privacy]')?.textContent).toContain('デバイスの情報');
});

test('a trouble says what, what to do, its code, and small print', async () => {
  const container = await draw(new Station('find-not-found'));
  const box = container.querySelector('[data-trouble="P204"]');
  expect(box?.getAttribute('role')).toBe('alert');
  expect(box?.querySelector('.what')?.textContent).not.toBe('');
  expect(box?.querySelector('.do')?.textContent).not.toBe('');
  expect(box?.textContent).toContain('5e0c1c2a-6a61-4f0e-9d3f-2b1f6a7c8d90');
  expect(box?.textContent).toContain('2026-11-22 05:12:00 UTC');
});
