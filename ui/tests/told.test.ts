/** The notice of what was done while nobody looked. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { PassEnd } from '../src/bindings/PassEnd';
import { missing } from '../src/words';
import { draw, settled, Station } from './station';

const told = (page: HTMLElement) => page.querySelector('[data-told]');

test('before sign-in it names nobody and cannot be put away', async () => {
  const page = await draw(new Station('welcome-told', 'welcome'));
  expect(told(page)?.textContent).toContain('受付の途中でこの端末が止まりました');
  expect(told(page)?.textContent).toContain('サインインすると、お名前が表示されます');
  expect(told(page)?.textContent).not.toContain('さん');
  expect(page.querySelector('[data-act="dismiss_notice"]')).toBeNull();
});

/** Beside the next visitor there are initials until then. */
async function namesAreAskedFor(page: HTMLElement) {
  for (const button of page.querySelectorAll<HTMLElement>('[data-act="show_names"]')) await fireEvent.click(button);
  await settled();
}

test('an operator reads for whom it was, and puts it away as it stood', async () => {
  const station = new Station('home-told', 'welcome');
  const page = await draw(station);
  await namesAreAskedFor(page);
  expect(told(page)?.textContent).toContain('見本 花子 さんの受付の途中でこの端末が止まりました');
  expect(told(page)?.textContent).toContain('パスは、この端末が削除しました');
  expect(told(page)?.textContent).toContain('有効時間が過ぎ');
  expect(told(page)?.textContent).toContain('だれも知らないものに変わっているかもしれません');
  await fireEvent.click(page.querySelector('[data-act="dismiss_notice"]')!);
  await settled();
  expect(station.wanted).toEqual([{ want: 'dismiss_notice', number: 5 }]);
  await station.show('home', 'welcome');
  expect(told(page)).toBeNull();
});

test('the start of the day says that a passkey may be offered, and what to do then (N25)', async () => {
  const station = new Station('home-told', 'welcome');
  const page = await draw(station);
  expect(page.querySelector('[data-passkey-offer]')?.textContent).toContain('「今はスキップ」');
  await station.show('home', 'welcome');
  expect(page.querySelector('[data-passkey-offer]')).toBeNull();
});

/** Every one there is: the compiler asks for what is missing. */
const every: Record<PassEnd, true> = {
  none: true,
  left: true,
  used: true,
  expired: true,
  removed: true,
  gone: true,
  pending: true,
  not_there: true,
  uncertain: true,
};
const ENDS = Object.keys(every) as PassEnd[];

test.each(['ja', 'en'] as const)('every end of a pass has its words: %s', async (lang) => {
  const station = new Station('welcome-told', 'welcome', lang);
  const loose_ends = { password: true, must_change: true, roll: true, expiry: true, phone: true };
  const line = (pass: PassEnd) => [
    { name: null, stopped_at: 0, pass, loose_ends, letter: 0, guide: null, not_told: 'M709' },
    { name: 'Aoi', stopped_at: null, pass, loose_ends, letter: null, guide: null, not_told: null },
    { name: 'Aoi', stopped_at: 0, pass, loose_ends, letter: 0, guide: null, not_told: 'M709' },
    { name: null, stopped_at: null, pass, loose_ends, letter: null, guide: null, not_told: null },
  ];
  station.operator.notice = { number: 1, lines: ENDS.flatMap(line), proven_later: [] };
  await draw(station);
  expect(missing).toEqual([]);
});

test.each(['ja', 'en'] as const)(
  'N20: a mail of which nobody knows whether it left is told with its time: %s',
  async (lang) => {
    const container = await draw(new Station('home-told-letter', 'welcome', lang));
    const told = container.querySelector('[data-told] [data-letter]');
    expect(told?.textContent).toMatch(/\d:\d\d/);
    expect(container.querySelectorAll('[data-letter="guide"]'), 'without the pass').toHaveLength(1);
    expect(container.querySelectorAll('[data-act^="send"]')).toHaveLength(0);
    const notTold = container.querySelector('[data-told] [data-not-told]');
    expect(notTold?.textContent, 'whom a notice never reached').toContain('M710');
    const without = await draw(new Station('home-told-pending', 'welcome', lang));
    expect(without.querySelector('[data-told] [data-letter]')).toBeNull();
  },
);

test('whoever could not leave the roll yet is told on the first screen, with the number of what was in the way', async () => {
  const container = await draw(new Station('home-no', 'welcome'));
  await namesAreAskedFor(container);
  const told = container.querySelector('[data-leaving="3"]');
  expect(told?.textContent).toContain('aoi.mihon@cablechan.biz');
  expect(told?.textContent).toContain('N104');
  // What the station does not do itself names the group, where that is known.
  const [tried, byHand, unknown] = [...(told?.querySelectorAll('li') ?? [])].map((line) => line.textContent);
  expect(tried).not.toContain('手作業');
  expect(byHand).toContain('グループ 3333 から手作業で');
  expect(unknown).toContain('T403');
  expect(unknown).toContain('どのグループかが記録にない');
  const none = await draw(new Station('home', 'welcome'));
  expect(none.querySelector('[data-leaving]')).toBeNull();
});

test('what somebody does by hand is put away by whoever saw to it, and what the station does itself is not', async () => {
  const station = new Station('home-no', 'welcome');
  const lines = [...(await draw(station)).querySelectorAll('[data-leaving] li')];
  const seenTo = lines.map((line) => line.querySelector('[data-act="roll_seen_to"]'));
  expect(seenTo.map((button) => button !== null)).toEqual([false, true, true]);
  await fireEvent.click(seenTo[1]!);
  await settled();
  expect(station.wanted).toEqual([{ want: 'roll_seen_to', joined_in: 32 }]);
});
