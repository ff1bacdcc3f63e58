/** Visits by telephone that wait for a call back, also after the app was closed (S20). */
import { fireEvent } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { timeOfDay, word } from '../src/words';
import { act, draw, settled, Station } from './station';

describe.each(['ja', 'en'] as const)('S20: in %s', (lang) => {
  test('what waits says until when it can be gone on with, and what would be lost', async () => {
    const station = new Station('telephone-aside', 'welcome', lang);
    const container = await draw(station);
    const text = container.querySelector('[data-kept="1"]')?.textContent ?? '';
    const until = station.operator.list!.kept[0]!.kept.until;
    for (const said of [
      word(lang, 'op-kept-kept', { time: timeOfDay(lang, until) }),
      word(lang, 'op-kept-not-kept'),
      word(lang, 'op-kept-anew'),
    ]) {
      expect(text).toContain(said);
    }
    expect(container.querySelector('[data-act="resume:8"]')?.textContent).toContain(word(lang, 'op-list-kept-not'));
    expect(container.querySelector('[data-act="resume:7"]')?.textContent).toContain(word(lang, 'op-list-kept'));
  });

  test('a number that came since is marked, and it is said that the visit can be put aside', async () => {
    const container = await draw(new Station('telephone-taken-up', 'welcome', lang));
    const marked = [...container.querySelectorAll('label:has([data-new])')].map((label) => label.textContent);
    expect(marked).toHaveLength(1);
    expect(marked[0]).toContain('+81 90-9999-9999');
    expect(container.querySelector('[data-changed]')?.textContent).toContain(word(lang, 'op-caller-numbers-changed'));
    expect(container.querySelector('[data-keeps]')?.textContent).toBe(word(lang, 'op-caller-aside'));
  });
});

test('S20: it is gone on with by one press, and deleted by two', async () => {
  const station = new Station('telephone-aside');
  const container = await draw(station);
  for (const name of ['kept_resume:7', 'resume_kept:4', 'forget_kept:4', 'keep_kept', 'forget_kept:4']) {
    await fireEvent.click(act(container, name));
    await settled();
  }
  expect(station.wanted).toEqual([
    { want: 'resume', visit: 7 },
    { want: 'resume_kept', visit: 4 },
  ]);
  expect(container.querySelector('dialog[open]')?.textContent).toContain(word('ja', 'op-kept-forget-what'));
  // A second press in the same place deletes nothing.
  await fireEvent.click(act(container, 'forget_kept:4'));
  await settled();
  expect(station.wanted).toHaveLength(2);
  await fireEvent.click(act(container, 'forget_kept_yes'));
  await settled();
  expect(station.wanted.at(-1)).toEqual({ want: 'forget_kept', visit: 4 });
});

test.each(['ja', 'en'] as const)('S20: who waits already is told where they are found: %s', async (lang) => {
  const station = new Station('found', 'welcome', lang);
  const since = Date.UTC(2026, 6, 30, 1, 30);
  const waits = { kept_visit: 4, since };
  if (station.operator.screen.screen !== 'found') throw new Error('another screen');
  station.operator.screen = { ...station.operator.screen, waits };
  const here = await draw(station);
  const time = timeOfDay(lang, since);
  expect(here.querySelector('[data-waits]')?.textContent).toContain(word(lang, 'op-found-waits-here', { time }));
  expect(here.querySelector('[data-act="go_on_with_kept"]')).toBeNull();
  station.operator.screen = { ...station.operator.screen, by_telephone: true };
  const calls = await draw(station);
  expect(calls.querySelector('[data-waits]')?.textContent).toContain(word(lang, 'op-found-waits', { time }));
  await fireEvent.click(act(calls, 'go_on_with_kept'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'resume_kept', visit: 4 }]);
});

test('S20: what went wrong with it stands beside it, and elsewhere where no list is', async () => {
  const station = new Station('telephone-aside');
  const container = await draw(station);
  expect(container.querySelectorAll('[data-trouble="A510"]')).toHaveLength(1);
  expect(container.querySelector('[data-kept] [data-trouble="A510"]')).not.toBeNull();
  const alone = new Station('home');
  alone.operator.trouble = station.operator.trouble;
  expect((await draw(alone)).querySelector('[data-messages] [data-trouble="A510"]')).not.toBeNull();
});

test('S20: with no room for another visit nothing is gone on with', async () => {
  const station = new Station('telephone-aside');
  station.operator.list!.max = 2;
  const container = await draw(station);
  await fireEvent.click(act(container, 'resume_kept:4'));
  await settled();
  expect(station.wanted).toEqual([]);
  const why = container.querySelector('[data-full]')?.textContent;
  expect(why).toBe(word('ja', 'op-kept-full', { max: 2 }));
});

test('S20: where one visit is all there is nothing is said of putting it aside', async () => {
  const container = await draw(new Station('telephone'));
  expect(container.querySelector('[data-keeps]')).toBeNull();
});
