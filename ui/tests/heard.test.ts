/**
 * What is said by itself when it changes. WebKitGTK keeps from a screen reader what lies in a `span` of a status that is
 * a flex box or a grid, as the tree of `demo --tour --tree` has shown: there the words are a paragraph.
 */
import { expect, test } from 'vitest';
import { operatorScreens, personScreens } from '../src/fixtures';
import { packLabel } from '../src/words';
import { draw, Station } from './station';

const told = '[role="status"], [role="alert"]';

function silent(container: HTMLElement): string[] {
  return [...container.querySelectorAll(told)].flatMap((live) =>
    [...live.children]
      .filter((child) => child.tagName === 'SPAN' && child.textContent?.trim() && !child.closest('[aria-hidden]'))
      .filter((child) => child.getAttribute('role') !== 'paragraph')
      .map((child) => `${live.className}: ${child.textContent?.trim()}`),
  );
}

test.each(Object.keys(operatorScreens))(
  'N16: a screen reader is told every change on the operator’s %s',
  async (name) => {
    expect(silent(await draw(new Station(name, 'welcome')))).toEqual([]);
  },
);

test.each(Object.keys(personScreens))('N16: a screen reader is told every change on the person’s %s', async (name) => {
  const station = new Station('welcome', name);
  station.label = 'person-7';
  expect(silent(await draw(station))).toEqual([]);
});

test('N16: in easy Japanese the label to tap has its readings, and is still the label', async () => {
  const station = new Station('welcome', 'walk-a5', 'ja_easy');
  station.label = 'person-7';
  const tap = (await draw(station)).querySelector('[data-tap]');
  expect(tap?.querySelector('rt')?.textContent).toBe('つぎ');
  for (const reading of tap?.querySelectorAll('rt') ?? []) reading.remove();
  expect(tap?.textContent?.trim()).toBe(packLabel('walkthrough-a', 'ja', 'ios', 'next'));
});

test('N16: a new row is told, with what to do, while the keyboard stays', async () => {
  const station = new Station('board-hidden', 'walk-a3');
  const container = await draw(station);
  const told = [...container.querySelectorAll('[data-pane="person"] [aria-live="polite"]')];
  const words = () => told.map((part) => part.textContent?.replaceAll(/\s/g, '')).join(' ');
  expect(words()).toContain('サインイン');
  await station.show(null, 'walk-a8');
  // What is told was there before: an element that comes with its words is not told.
  expect(told.every((part) => container.contains(part))).toBe(true);
  expect(words()).toMatch(/^手順8\/13.* スマホの「登録」をタップします。/);
});
