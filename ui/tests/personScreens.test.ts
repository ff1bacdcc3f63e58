/** Every screen of the person in every way to read: its words are there, its structure is sound, nothing is hard-coded. */
import { describe, expect, test } from 'vitest';
import type { Lang } from '../src/bindings/Lang';
import { personScreens } from '../src/fixtures';
import { bare, marks, sound, unread } from './look';
import { draw, Station } from './station';

const languages: Lang[] = ['ja', 'en', 'pseudo'];

describe.each(languages)('in %s', (lang) => {
  test.each(Object.keys(personScreens))('person %s', async (name) => {
    const station = new Station('board-hidden', name, lang);
    station.label = 'person-7';
    const container = await draw(station);
    const pane = container.querySelector('[data-pane="person"]');
    expect(container.querySelector('[data-pane="operator"]')).toBeNull();
    expect(station.asked.operator).toBe(0);
    expect(pane?.getAttribute('data-screen')).toBe(station.person.screen.screen);
    expect(pane?.querySelectorAll('h1')).toHaveLength(1);
    expect(pane?.querySelector('[data-help]')?.textContent, 'S19').toContain('0776-20-3660');
    expect(pane?.querySelector('[data-training]')).not.toBeNull();
    expect(marks(container)).toEqual([]);
    // The stretched language is English in brackets: its structure is that one's, and its words show what is hard-coded.
    if (lang !== 'pseudo') expect(await sound(container)).toEqual([]);
    else if (pane) expect(bare(pane)).toEqual([]);
  });
});

test.each(Object.keys(personScreens))('in easy Japanese, person %s', async (name) => {
  const station = new Station('board-hidden', name, 'ja_easy');
  station.label = 'person-7';
  const container = await draw(station);
  const pane = container.querySelector('[data-pane="person"]');
  if (!pane) throw new Error('no pane');
  expect(pane.getAttribute('lang')).toBe('ja');
  expect(pane.querySelector('ruby rt')).not.toBeNull();
  expect(pane.querySelector('svg rt, svg ruby')).toBeNull();
  expect(unread(pane)).toEqual([]);
  expect(await sound(container)).toEqual([]);
});
