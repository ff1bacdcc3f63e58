/** What the operator can do on the board, and what is asked before it is done. */
import { cleanup, fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { VisitAction } from '../src/bindings/VisitAction';
import { trouble } from '../src/fixtures/parts';
import { timeOfDay } from '../src/words';
import { act, draw, settled, Station } from './station';

/** Clicks the named controls one after the other and compares what the station was asked for. */
async function check(screen: string, clicks: string[], wants: VisitAction[]) {
  const station = new Station(screen, 'walk-a6-not-yet');
  const container = await draw(station);
  for (const click of clicks) {
    await fireEvent.click(act(container, click));
    await settled();
  }
  expect(station.wanted).toEqual(wants.map((wanted) => ({ want: 'visit', visit: 7, act: wanted })));
  return container;
}

test.each<[string, string[], VisitAction[]]>([
  ['board-issue', ['issue_pass'], [{ do: 'issue_pass', replace: false }]],
  ['board-early', ['issue_pass'], []],
  ['board-early', ['issue_pass', 'issue_pass_keep'], []],
  ['board-early', ['issue_pass', 'issue_pass_replace'], [{ do: 'issue_pass', replace: true }]],
  ['board-hidden', ['reveal'], [{ do: 'reveal' }]],
  ['board-shown', ['hide'], [{ do: 'hide' }]],
  ['board-shown', ['longer'], [{ do: 'longer' }]],
  ['board-uncertain', ['look_now'], [{ do: 'look_now' }]],
  ['board-expired', ['renew_open', 'reason:expired', 'same_person', 'renew_pass'], [{ do: 'renew_pass', same_person: true, reason: 'expired' }]],
  ['board-expired', ['renew_open', 'same_person', 'renew_pass'], []],
  ['board-expired', ['renew_open', 'reason:expired', 'renew_pass'], []],
  ['board-entered', ['renew_open', 'reason:lost', 'same_person', 'renew_pass'], [{ do: 'renew_pass', same_person: true, reason: 'lost' }]],
  ['board-expired', ['clear_other_screen'], [{ do: 'clear_other_screen' }]],
  ['board-route', ['phone', 'answer_phone:app_installed:true'], [{ do: 'answer_phone', asked: 'app_installed', yes: true }]],
  ['board-route', ['phone', 'answer_phone:account_in_app:false'], [{ do: 'answer_phone', asked: 'account_in_app', yes: false }]],
  ['board-password', ['choose_route:add_account'], [{ do: 'choose_route', route: 'add_account' }]],
  ['board-issue', ['phone', 'not_today', 'not_today_confirm'], []],
  ['board-issue', ['phone', 'not_today', 'not_today:no_screen_lock', 'not_today_confirm'], [{ do: 'not_today', why: 'no_screen_lock', leave_pass: false }]],
  ['board-hidden', ['phone', 'not_today', 'not_today:phone_too_old', 'not_today_leave'], [{ do: 'not_today', why: 'phone_too_old', leave_pass: true }]],
  ['board-too-old', ['not_today_here', 'not_today_confirm'], [{ do: 'not_today', why: 'phone_too_old', leave_pass: false }]],
  ['board-too-old', ['not_today_here', 'not_today:no_smartphone', 'not_today_confirm'], [{ do: 'not_today', why: 'no_smartphone', leave_pass: false }]],
  ['board-too-old', ['not_today_here', 'not_today_back'], []],
  ['check', ['not_today', 'not_today:no_smartphone', 'not_today_confirm'], [{ do: 'not_today', why: 'no_smartphone', leave_pass: false }]],
  ['board-issue', ['next', 'back'], [{ do: 'next' }, { do: 'back' }]],
  ['board-issue', ['rows', 'go_to:a3'], [{ do: 'go_to', row: 'a3' }]],
  ['board-registered', ['finish'], [{ do: 'finish', leave_pass: false }]],
  ['board-hidden', ['finish'], []],
  ['board-hidden', ['leave_unfinished', 'leave_unfinished_leave'], [{ do: 'leave_unfinished', leave_pass: true }]],
  ['board-hidden', ['leave_unfinished', 'leave_unfinished_remove'], [{ do: 'leave_unfinished', leave_pass: false }]],
  ['board-issue', ['leave_unfinished', 'leave_unfinished_confirm'], [{ do: 'leave_unfinished', leave_pass: false }]],
  ['board-issue', ['cancel'], []],
  ['board-issue', ['cancel', 'end_back'], []],
  ['board-hidden', ['cancel', 'cancel_confirm'], [{ do: 'cancel' }]],
])('%s: %j', async (screen, clicks, wants) => {
  await check(screen, clicks, wants);
}); // prettier-ignore

/** What stands there beforehand is what a record mostly says (F26). */
test.each(['board-expired', 'board-entered', 'board-replaced', 'board-hidden'])(
  'F26: no reason to renew is chosen beforehand on %s',
  async (screen) => {
    const container = await check(screen, ['renew_open'], []);
    const reasons = [...container.querySelectorAll<HTMLInputElement>('dialog[open] input[name="reason"]')];
    expect(reasons.map((reason) => reason.checked)).toEqual([false, false, false, false]);
    expect(act(container, 'renew_pass')).toHaveAttribute('aria-disabled', 'true');
  },
);

/** I4: nobody's pass is removed before somebody said whose it is. */
test.each(['board-question', 'home-no'])('the operator says whose a pass is, on %s', async (screen) => {
  for (const [click, remove] of [
    ['pass_question_remove', true],
    ['pass_question_leave', false],
  ] as const) {
    const station = new Station(screen, 'walk-a6-hidden');
    const container = await draw(station);
    const question = container.querySelector('[data-question]');
    const show = question?.querySelector<HTMLElement>('[data-act="show_names"]');
    if (show) await fireEvent.click(show);
    expect(question).toHaveTextContent('fctv-user@cablechan.biz');
    expect(question).toHaveTextContent(/\d:04/);
    expect(question).toHaveTextContent(/\d:03/);
    expect(station.wanted).toEqual([]);
    await fireEvent.click(act(container, click));
    await settled();
    const [asked] = station.operator.pass_questions;
    expect(station.wanted).toEqual([{ want: 'decide_on_pass', intent: asked?.intent, pass: asked?.pass, remove }]);
    container.remove();
  }
});

/** N21: what nobody was led to is named; it goes with a second press, and only where the right to do so is there. */
test('the operator removes what nobody was led to, or leaves it', async () => {
  const station = new Station('board-uninvited', 'walk-a6-hidden');
  const container = await draw(station);
  const told = container.querySelector('[data-uninvited]');
  expect(told).toHaveTextContent('電話番号');
  await fireEvent.click(act(container, 'uninvited_remove'));
  await settled();
  expect(station.wanted).toEqual([]);
  await fireEvent.click(act(container, 'uninvited_keep'));
  await settled();
  expect(station.wanted).toEqual([]);
  await fireEvent.click(act(container, 'uninvited_remove'));
  await settled();
  await fireEvent.click(act(container, 'uninvited_remove_yes'));
  await fireEvent.click(act(container, 'uninvited_leave'));
  await settled();
  expect(station.wanted).toEqual([
    { want: 'decide_on_method', which: { visit: 7, method: 'first' }, remove: true },
    { want: 'decide_on_method', which: { visit: 7, method: 'first' }, remove: false },
  ]);
  container.remove();
  const home = new Station('home-uninvited', 'walk-a6-hidden');
  const without = await draw(home);
  expect(without.querySelector('[data-act="uninvited_remove"]')).toBeNull();
  expect(without.querySelector('[data-uninvited]')).toHaveTextContent('Windows Hello');
  await fireEvent.click(act(without, 'uninvited_leave'));
  await settled();
  expect(home.wanted).toEqual([{ want: 'decide_on_method', which: { visit: 7, method: 'first' }, remove: false }]);
});

test('a pass that would be replaced is told with the time of day it was made at', async () => {
  const station = new Station('board-early', 'walk-a6-not-yet');
  const container = await draw(station);
  const board = station.operator.screen;
  if (board.screen !== 'board' || !board.pass.replaces) throw new Error('nothing to replace');
  const { made, until } = board.pass.replaces;
  await fireEvent.click(act(container, 'issue_pass'));
  await settled();
  for (const said of ['.panel .warn', 'dialog[open]'])
    for (const time of [made, until])
      expect(container.querySelector(said)?.textContent, said).toContain(timeOfDay('ja', time));
});

test('issuing is the main action once the pass row is reached, and not before', async () => {
  const early = await check('board-install', [], []);
  expect(act(early, 'issue_pass')).not.toHaveClass('button--main');
  const due = await check('board-issue', [], []);
  expect(act(due, 'issue_pass')).toHaveClass('button--main');
});

test('the phone and the languages', async () => {
  const station = new Station('board-issue', 'walk-a1');
  const container = await draw(station);
  await fireEvent.click(act(container, 'phone'));
  await settled();
  await fireEvent.change(act(container, 'set_phone:os'), { target: { value: 'android' } });
  await fireEvent.change(act(container, 'set_phone:lang'), { target: { value: 'en' } });
  await fireEvent.change(act(container, 'set_person_language'), { target: { value: 'en' } });
  await settled();
  expect(station.wanted.map((wanted) => (wanted.want === 'visit' ? wanted.act : wanted))).toEqual([
    { do: 'set_phone', os: 'android', lang: 'ja' },
    { do: 'set_phone', os: 'ios', lang: 'en' },
    { do: 'set_person_language', lang: 'en' },
  ]);
});

test('another route can be chosen', async () => {
  const station = new Station('board-route', 'walk-a1');
  const container = await draw(station);
  await fireEvent.click(act(container, 'phone'));
  await settled();
  await fireEvent.change(act(container, 'choose_route'), { target: { value: 'enable_phone_sign_in' } });
  await settled();
  expect(station.wanted.map((wanted) => (wanted.want === 'visit' ? wanted.act : wanted))).toEqual([
    { do: 'choose_route', route: 'enable_phone_sign_in' },
  ]);
});

test('sign-in is offered on the board when the token has ended', async () => {
  const station = new Station('board-uncertain', 'walk-a6-uncertain');
  const container = await draw(station);
  await fireEvent.click(act(container, 'sign_in'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'sign_in' }]);
});

test('lights carry their names and states', async () => {
  const container = await draw(new Station('board-entered', 'walk-a9'));
  const states = [...container.querySelectorAll('[data-pane="operator"] [data-light]')].map((light) => [
    light.getAttribute('data-light'),
    light.getAttribute('data-state'),
  ]);
  expect(states).toEqual([
    ['pass_usable', 'lit'],
    ['pass_entered', 'lit'],
    ['authenticator_added', 'lit'],
    ['device_registered', 'waiting'],
    ['phone_sign_in_ready', 'off'],
  ]);
});

test('S03, S04: the check asks for the identity and, apart from it, for the phone; an unfit box goes back', async () => {
  const station = new Station('check', 'checking');
  const container = await draw(station);
  await fireEvent.click(act(container, 'tick:photo_id'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'tick', check: 'photo_id', on: true } }]);
  expect(act(container, 'tick:photo_id')).not.toBeChecked();
  await fireEvent.click(act(container, 'confirm_phone'));
  await fireEvent.click(act(container, 'confirm_check'));
  await settled();
  expect(station.wanted.slice(1).map((wanted) => (wanted.want === 'visit' ? wanted.act : wanted))).toEqual([
    { do: 'confirm_phone', on: true },
  ]);
  expect(act(container, 'confirm_check')).toHaveAttribute('aria-disabled', 'true');
});

test('N4: the person says which other screen the phone shows, and comes back', async () => {
  const station = new Station('board-hidden', 'walk-a3-different');
  station.label = 'person-7';
  const container = await draw(station);
  expect(container.querySelectorAll('[data-act^="person:choose_screen:"] svg')).toHaveLength(5);
  await fireEvent.click(act(container, 'person:choose_screen:qr-scanner'));
  await fireEvent.click(act(container, 'person:none_of_these'));
  await fireEvent.click(act(container, 'person:back_to_row'));
  await station.show(null, 'walk-a3-other');
  expect(container.querySelector('h1')?.textContent).toContain('カメラが開いた');
  expect(container.querySelector('h1')).toHaveFocus();
  expect(container.querySelector('[data-target]')).not.toBeNull();
  expect(act(container, 'person:back_to_row').textContent).toContain('3');
  await fireEvent.click(act(container, 'person:back_to_row'));
  await fireEvent.click(act(container, 'person:other_screen'));
  await settled();
  expect(station.personWanted).toEqual([
    { want: 'choose_screen', screen: 'qr-scanner' },
    { want: 'none_of_these' },
    { want: 'back_to_row' },
    { want: 'back_to_row' },
    { want: 'other_screen' },
  ]);
});

test('N4: the operator reads which other screen it is', async () => {
  const container = await draw(new Station('board-expired', 'walk-a3-other'));
  expect(container.querySelector('[data-pane="operator"]')?.textContent).toContain('カメラが開いた');
});

test('the person moves, says the screen differs, and reads as they like', async () => {
  const station = new Station('board-hidden', 'walk-a5');
  station.label = 'person-7';
  const container = await draw(station);
  for (const name of ['next', 'back', 'other_screen', 'set_language:en', 'set_text_size:largest']) {
    await fireEvent.click(act(container, `person:${name}`));
  }
  await settled();
  expect(station.personWanted).toEqual([
    { want: 'next' },
    { want: 'back' },
    { want: 'other_screen' },
    { want: 'set_language', lang: 'en' },
    { want: 'set_text_size', size: 'largest' },
  ]);
});

test('several notices are shown one at a time, and what was just refused comes first', async () => {
  const station = new Station('board-uncertain', 'walk-a6-uncertain');
  const board = station.operator.screen;
  if (board.screen === 'board') board.other_screen = true;
  const container = await draw(station);
  const shown = () =>
    [...container.querySelectorAll('[data-pane="operator"] [role="alert"]')].map(
      (alert) => alert.querySelector<HTMLElement>('[data-act]')?.dataset.act ?? alert.getAttribute('data-trouble'),
    );
  const told = container.querySelector('.notices [role="status"]')?.textContent;
  expect(told, 'a reader hears how many there are').toContain('3');
  const order = ['sign_in', 'T406', 'clear_other_screen', 'sign_in'];
  for (const notice of order) {
    expect(shown()).toEqual([notice]);
    await fireEvent.click(act(container, 'next_notice'));
    await settled();
  }
  station.refuses = trouble('not-now', 'A501');
  await fireEvent.click(act(container, 'next'));
  await settled();
  expect(shown()).toEqual(['A501']);
});

test('a pass that is entered while it is asked about needs no answer any more', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  const board = station.operator.screen;
  if (board.screen !== 'board') throw new Error('no board');
  Object.assign(board, { registered: 'passkey', test_places: [] });
  station.operator.revision += 1;
  await station.tell(station.operator.revision);
  await fireEvent.click(act(container, 'finish'));
  await settled();
  expect(container.querySelector('dialog[open]')).not.toBeNull();
  await station.show('board-entered', null);
  expect(container.querySelector('dialog[open]')).toBeNull();
  expect(station.wanted).toEqual([]);
});

test('the operator’s own help line is theirs, and without one the system administrator is named', async () => {
  const station = new Station('board-shown', 'welcome');
  const container = await draw(station);
  const foot = () => container.querySelector('[data-pane="operator"] footer');
  expect(foot()).toHaveTextContent(station.operator.help_line);
  station.operator.help_line = '';
  station.operator.revision += 1;
  await station.tell(station.operator.revision);
  expect(foot()).toHaveTextContent('システム管理者へ');
});

test('1.5: where the lights have no words beside them, it is said how many are lit', async () => {
  const lit = { ja: '確認 1 / 5', en: '1 of 5 confirmed' } as const;
  for (const lang of ['ja', 'en'] as const) {
    const container = await draw(new Station('board-hidden', 'walk-a6-hidden', lang));
    expect(container.querySelector('[data-pane="person"] [data-lit]')?.textContent).toBe(lit[lang]);
    expect(container.querySelector('[data-pane="operator"] [data-lit]'), 'each has its words').toBeNull();
    cleanup();
  }
});
