/** On two displays the operator sees what the person sees: the row, its phone and label, never the pass (F27). */
import { expect, test } from 'vitest';
import { draw, Station } from './station';
import { shownPass } from '../src/fixtures';

/** The operator's window where the person has another. */
async function alone(screen: string, lang: 'ja' | 'en' = 'ja') {
  const station = new Station(screen, 'welcome', lang);
  station.operator.person_pane = false;
  return { station, container: await draw(station) };
}

const card = (container: HTMLElement) => container.querySelector<HTMLElement>('[data-theirs]');

test('F27: the card names the row, the label to tap, the language and whether the pass is in sight', async () => {
  const { container } = await alone('board-shown');
  const seen = card(container);
  for (const part of ['ご本人の画面', '一時アクセス パスの入力', 'サインイン', '表示中', '日本語'])
    expect(seen).toHaveTextContent(part);
  expect(seen?.querySelector('svg[data-phone="a6"] [data-target]')).not.toBeNull();
  expect(container.textContent).not.toContain(shownPass);
  const hidden = await alone('board-hidden', 'en');
  expect(card(hidden.container)).toHaveTextContent('not in sight');
  expect(card(hidden.container)?.querySelector('[data-pass-seen="false"]')).not.toBeNull();
});

test('F27: what the person recognised or is choosing stands in the row’s place', async () => {
  const { station, container } = await alone('board-hidden');
  const board = station.operator.screen;
  if (board.screen !== 'board') throw new Error('no board');
  const shows = async (now: typeof board.theirs.shows) => {
    board.theirs.shows = now;
    station.operator.revision += 1;
    await station.tell(station.operator.revision);
  };
  await shows({ shows: 'different', screens: [] });
  expect(card(container)).toHaveTextContent('選んでいる');
  const screen = { id: 'pass-refused', tap: null, phone: board.theirs.row.phone };
  await shows({ shows: 'other', screen, back_to: 'a6', back_to_number: 6, way: 'back' });
  expect(card(container)?.dataset.theirs).toBe('other-pass-refused');
});

test('F2: while the row waits for a pass, nothing is to be tapped there either', async () => {
  const { container } = await alone('board-waits');
  expect(card(container)).not.toHaveTextContent('タップする場所');
});

test('beside the person’s own pane there is no second picture of it', async () => {
  expect(card(await draw(new Station('board-shown', 'walk-a6-shown')))).toBeNull();
});
