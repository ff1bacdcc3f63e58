/** More contrast is the person's pane's own: the station is not asked, and the next person begins anew. */
import { fireEvent } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { act, draw, settled, Station } from './station';

afterEach(() => {
  vi.restoreAllMocks();
});

const asked = (container: HTMLElement, pane: string) =>
  container.querySelector(`[data-pane="${pane}"]`)?.getAttribute('data-contrast');

async function turn(container: HTMLElement) {
  await fireEvent.click(act(container, 'person:contrast'));
  await settled();
}

test('the person turns it on and off, for this pane alone and without the station', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  expect(act(container, 'person:contrast')).toHaveAttribute('aria-pressed', 'false');
  await turn(container);
  expect(act(container, 'person:contrast')).toHaveAttribute('aria-pressed', 'true');
  expect([asked(container, 'person'), asked(container, 'operator')]).toEqual(['more', null]);
  await station.show('board-shown', 'walk-a8');
  expect(asked(container, 'person')).toBe('more');
  await turn(container);
  expect(asked(container, 'person')).toBeNull();
  expect(station.personWanted).toEqual([]);
});

test('what one person chose is gone for the next', async () => {
  const station = new Station('board-hidden', 'goodbye');
  const container = await draw(station);
  await turn(container);
  await station.show('home', 'welcome');
  expect(asked(container, 'person')).toBeNull();
  // Chosen while waiting, it stays for the visit that begins.
  await turn(container);
  await station.show('check', 'checking');
  expect(asked(container, 'person')).toBe('more');
});

test('what one person chose is not for another whose visit comes to the front', async () => {
  const station = new Station('board-hidden', 'walk-a6-hidden');
  const container = await draw(station);
  const fronts = (ticket: number) => {
    station.person = { ...station.person, ticket, visit: ticket, revision: station.person.revision + 1 };
    return station.tell(station.person.revision);
  };
  await fronts(1);
  await turn(container);
  expect(asked(container, 'person')).toBe('more');
  await fronts(2);
  expect(asked(container, 'person')).toBeNull();
});

test('the system may ask for it on both sides, and the person may still turn it off', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => Object.assign(new EventTarget(), { media, matches: media.includes('contrast') }) as MediaQueryList,
  );
  const container = await draw(new Station('home', 'welcome'));
  expect([asked(container, 'person'), asked(container, 'operator')]).toEqual(['more', 'more']);
  await turn(container);
  expect([asked(container, 'person'), asked(container, 'operator')]).toEqual([null, 'more']);
});

test('each reading control has its word, and the name for the ear begins or ends with it', async () => {
  const station = new Station('board-hidden', 'walk-a5', 'en');
  station.label = 'person-7';
  const container = await draw(station);
  const captions = [...container.querySelectorAll('header .caption')].map((caption) => [
    caption.textContent,
    caption.closest('button')?.getAttribute('aria-label'),
  ]);
  expect(captions.map(([word]) => word)).toEqual(['Normal', 'Large', 'Largest', 'Contrast', 'Read']);
  for (const [word, name] of captions) expect(name?.toLowerCase()).toContain(word?.toLowerCase());
});
