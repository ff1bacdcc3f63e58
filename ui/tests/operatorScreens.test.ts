/** Every screen of the operator in every language: its words are there, its structure is sound, nothing is hard-coded. */
import { describe, expect, test } from 'vitest';
import type { Lang } from '../src/bindings/Lang';
import { operatorScreens } from '../src/fixtures';
import { bare, marks, sound } from './look';
import { draw, Station } from './station';

const languages: Lang[] = ['ja', 'en', 'pseudo'];

describe.each(languages)('in %s', (lang) => {
  test.each(Object.keys(operatorScreens))('operator %s', async (name) => {
    const station = new Station(name, 'checking', lang);
    station.operator.person_pane = false;
    const container = await draw(station);
    const pane = container.querySelector('[data-pane="operator"]');
    expect(pane?.getAttribute('data-screen')).toBe(station.operator.screen.screen);
    expect(pane?.getAttribute('lang')).toBe(lang === 'pseudo' ? 'en-x-pseudo' : lang);
    expect(pane?.querySelectorAll('h1')).toHaveLength(1);
    expect(pane?.querySelector('[data-help]')?.textContent, 'S19').toContain('0776-20-3660');
    expect(pane?.querySelector('[data-training]')).not.toBeNull();
    expect(marks(container)).toEqual([]);
    // The stretched language is English in brackets: its structure is that one's, and its words show what is hard-coded.
    if (lang !== 'pseudo') expect(await sound(container)).toEqual([]);
    else if (pane) expect(bare(pane)).toEqual([]);
  });
});
