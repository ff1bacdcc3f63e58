/** What is visible works or says why not, and a message stands where it belongs (F6, F13, F21). */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { trouble } from '../src/fixtures';
import { act, draw, settled, Station } from './station';

test('what is refused of a search is said at its field, and the keyboard is there again', async () => {
  const station = new Station('find', 'welcome');
  const container = await draw(station);
  station.refuses = trouble('nothing-typed', 'P201');
  act(container, 'find').focus();
  await fireEvent.click(act(container, 'find'));
  await settled();
  const field = container.querySelector('input[name="person"]');
  expect(field).toHaveFocus();
  expect(field).toHaveAttribute('aria-invalid', 'true');
  expect(container.querySelector('#find-said [data-trouble="P201"]')).not.toBeNull();
  expect(container.querySelectorAll('[data-trouble]')).toHaveLength(1);
});

test.each(['check', 'found', 'home', 'locked', 'receipt'])(
  'on %s a message comes after all that is there',
  async (name) => {
    const station = new Station(name, 'welcome');
    station.operator.trouble = trouble('no-network', 'N101');
    const container = await draw(station);
    const [last] = [...container.querySelectorAll('.screen > *')].slice(-1);
    expect(last?.querySelector('[data-trouble="N101"]')).not.toBeNull();
    expect(last).toHaveAttribute('data-messages');
  },
);

test('the padlock has its place before anybody is signed in', async () => {
  const container = await draw(new Station('welcome', 'welcome'));
  const kept = container.querySelector('header .lock');
  expect(kept).not.toBeNull();
  expect(kept?.childElementCount).toBe(0);
});

test('a check that lacks something asks nothing: it names the first thing missing and goes there', async () => {
  const station = new Station('check', 'checking');
  const check = station.operator.screen;
  if (check.screen !== 'check') throw new Error('no check');
  const container = await draw(station);
  const lacking = async (change: object, place: string, says: RegExp) => {
    Object.assign(check, change);
    station.operator.revision += 1;
    await station.tell(station.operator.revision);
    await fireEvent.click(act(container, 'confirm_check'));
    await settled();
    expect(act(container, place)).toHaveFocus();
    expect(container.querySelector('#check-lacks')?.textContent).toMatch(says);
  };
  await lacking({ voucher: ' ' }, 'set_voucher', /氏名/);
  await lacking({ voucher: '保証する方' }, 'confirm_phone', /スマホ/);
  await lacking({ checks: check.checks.map((each) => ({ ...each, on: false })) }, 'tick:staff_card', /1\u00a0つ以上/);
  expect(station.wanted).toEqual([]);
});

test('nothing can be complete before it is registered: the button says so and asks nothing', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  const finish = act(container, 'finish');
  expect(finish).toHaveAttribute('aria-disabled', 'true');
  const why = container.querySelector(`#${finish.getAttribute('aria-describedby')}`);
  expect(why?.textContent?.trim()).toContain('登録が確かめられると');
  await fireEvent.click(finish);
  await settled();
  // Nothing has a size here, as the line has none in a low window: then the press tells why.
  expect(container.querySelector('dialog[open]')?.textContent).toContain('登録が確かめられると');
  await fireEvent.click(act(container, 'early_back'));
  await settled();
  expect(container.querySelector('dialog[open]')).toBeNull();
  expect(station.wanted).toEqual([]);
});

test('an answer that waits for the person’s says so, and asks the station nothing', async () => {
  const station = new Station('use-leads-off', 'use-windows');
  const container = await draw(station);
  for (const name of ['use-yes', 'use-no']) {
    const button = act(container, name);
    expect(button).toHaveAttribute('aria-disabled', 'true');
    const why = container.querySelector(`#${button.getAttribute('aria-describedby')}`);
    expect(why?.textContent).toContain('「あります」と「ありません」は、ご本人が答えてから');
    await fireEvent.click(button);
    await settled();
  }
  expect(station.wanted).toEqual([]);
  await station.show('use-answered', null);
  expect(act(container, 'use-no')).not.toHaveAttribute('aria-describedby');
});

test('no other visit can be begun in a full list: a press tells why', async () => {
  const station = new Station('board-list-full', 'welcome');
  const container = await draw(station);
  const more = act(container, 'list_start_visit');
  expect(more).toHaveAttribute('aria-disabled', 'true');
  await fireEvent.click(more);
  await settled();
  expect(container.querySelector('dialog[open]')?.textContent).toContain('どれかを終えると始められます');
  expect(station.wanted).toEqual([]);
});

test('cancel asks, and the safe choice is in front, in colour and has the keyboard', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  await fireEvent.click(act(container, 'cancel'));
  await settled();
  const buttons = [...container.querySelectorAll<HTMLElement>('dialog[open] button')];
  expect(buttons.map((button) => [button.dataset.act, button.classList.contains('button--main')])).toEqual([
    ['end_back', true],
    ['cancel_confirm', false],
  ]);
  expect(container.querySelector('dialog[open]')?.textContent).toContain('記録は残ります');
  await fireEvent.click(act(container, 'end_back'));
  await settled();
  expect(container.querySelector('dialog[open]')).toBeNull();
  expect(station.wanted).toEqual([]);
});

test.each(['found', 'check'])('cancel asks on %s, too: something was done in this visit', async (name) => {
  const station = new Station(name, 'checking');
  const container = await draw(station);
  await fireEvent.click(act(container, 'cancel'));
  await settled();
  const [safe] = container.querySelectorAll<HTMLElement>('dialog[open] button');
  expect([safe?.dataset.act, safe?.classList.contains('button--main')]).toEqual(['end_back', true]);
  expect(station.wanted).toEqual([]);
  await fireEvent.click(act(container, 'cancel_confirm'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'cancel' } }]);
});

test('a search that found nobody yet ends at one touch', async () => {
  const station = new Station('find', 'welcome');
  const container = await draw(station);
  await fireEvent.click(act(container, 'cancel'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'cancel' } }]);
});

test.each(['ja', 'ja_easy', 'en'] as const)(
  'in %s the person is told that another operator takes over',
  async (lang) => {
    const station = new Station('welcome', 'handed-over', lang);
    station.label = 'person-7';
    const container = await draw(station);
    expect(container.querySelector('h1')?.textContent).toMatch(/受付.*終|has ended/);
    expect(container.textContent).not.toContain('[');
  },
);

test('handing over ends nothing by one touch: it names the operator who began the visits, and asks', async () => {
  const station = new Station('locked', 'welcome');
  const container = await draw(station);
  await fireEvent.click(act(container, 'sign_out'));
  await settled();
  const dialog = container.querySelector('dialog[open]');
  expect(dialog?.textContent).toContain('窓口 担当者 さんが受け付けた途中の受付 (1\u00a0件)');
  expect(dialog?.textContent).toContain('来られた方に');
  expect(dialog?.querySelector('button')).toHaveClass('button--main');
  expect(dialog?.querySelector('button')?.dataset.act).toBe('hand_over_back');
  expect(station.wanted).toEqual([]);
  await fireEvent.click(act(container, 'hand_over_confirm'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'sign_out' }]);
});

test('with no visit open the next operator takes over at once', async () => {
  const station = new Station('locked-free', 'welcome');
  const container = await draw(station);
  await fireEvent.click(act(container, 'sign_out'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'sign_out' }]);
});

test('there is no step before the first row nor after the last: the buttons are off and ask nothing', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  const board = station.operator.screen;
  if (board.screen !== 'board') throw new Error('no board');
  const off = async (row: string | undefined) => {
    board.row = row ?? '';
    station.operator.revision += 1;
    await station.tell(station.operator.revision);
    await fireEvent.click(act(container, 'back'));
    await fireEvent.click(act(container, 'next'));
    await settled();
    return ['back', 'next'].filter((name) => act(container, name).getAttribute('aria-disabled') === 'true');
  };
  expect(await off(board.rail.at(0)?.id)).toEqual(['back']);
  expect(await off(board.rail.at(-1)?.id)).toEqual(['next']);
  expect(station.wanted.map((wanted) => (wanted.want === 'visit' ? wanted.act : wanted))).toEqual([
    { do: 'next' },
    { do: 'back' },
  ]);
});

test('a pass that cannot be issued or shown now says why, and its button asks nothing', async () => {
  const station = new Station('board-issue', 'walk-a6-not-yet');
  const container = await draw(station);
  const board = station.operator.screen;
  if (board.screen !== 'board') throw new Error('no board');
  const off = async (name: string, change: object, pass: object) => {
    Object.assign(board, change);
    Object.assign(board.pass, pass);
    station.operator.revision += 1;
    await station.tell(station.operator.revision);
    const button = act(container, name);
    expect(button).toHaveAttribute('aria-disabled', 'true');
    const why = container.querySelector(`#${button.getAttribute('aria-describedby')}`);
    expect(why?.textContent?.trim()).toBeTruthy();
    await fireEvent.click(button);
    await settled();
  };
  await off('issue_pass', {}, { may_issue: false });
  await off('reveal', {}, { stage: 'settling', remaining_s: 9 });
  await off('reveal', { registered: 'passkey' }, { stage: 'live' });
  expect(station.wanted).toEqual([]);
});

test('a button of the person’s that is off asks nothing', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  station.label = 'person-7';
  const walk = station.person.screen;
  if (walk.screen !== 'walk') throw new Error('no row');
  walk.may_back = false;
  const container = await draw(station);
  await fireEvent.click(act(container, 'person:back'));
  await settled();
  expect(station.personWanted).toEqual([]);
});

test('only what can be gone on with can be put aside', async () => {
  const station = new Station('board-list', 'welcome');
  const container = await draw(station);
  const aside = () => act(container, 'put_aside').getAttribute('aria-disabled');
  expect(aside()).toBe('false');
  const front = station.operator.list?.visits.find((card) => card.in_front);
  if (!front) throw new Error('nothing in front');
  for (const state of ['ending', 'ended'] as const) {
    front.state = state;
    station.operator.revision += 1;
    await station.tell(station.operator.revision);
    expect(aside()).toBe('true');
  }
  await fireEvent.click(act(container, 'put_aside'));
  await settled();
  expect(container.querySelector('dialog[open]')?.textContent).toContain('いま置ける受付はありません');
  expect(station.wanted).toEqual([]);
});
