/** The person who was found: what weighs most is read before the button, and what blocks has to be ticked (N7). */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { act, draw, settled, Station } from './station';

const said = (container: HTMLElement, where: string) =>
  [...container.querySelectorAll(`${where} [data-warning]`)].map((line) => line.getAttribute('data-warning'));

test('three warnings at most stand before the card, the worst first, and nothing is lost', async () => {
  const container = await draw(new Station('found-full', 'welcome'));
  expect(said(container, '.warnings')).toEqual(['warn-authenticators-full', 'warn-mixed-scripts', 'warn-live-pass']);
  expect(said(container, '.quiet')).toEqual(['warn-ready-already', 'warn-old-phone', 'warn-scope-unknown']);
  const weighs = [...container.querySelectorAll('.quiet li')].map((line) => line.classList.contains('warns'));
  expect(weighs, 'what had no room above keeps its weight').toEqual([true, false, false]);
  const order = container.querySelectorAll('.warnings, article, [data-act="confirm_person"]');
  expect([...order].map((part) => part.localName)).toEqual(['ul', 'article', 'button']);
});

test('an ordinary person has no coloured line, and one living pass has one', async () => {
  const station = new Station('found', 'welcome');
  const container = await draw(station);
  expect(container.querySelector('.note')).toBeNull();
  expect(said(container, '.quiet')).toEqual(['warn-scope-unknown']);
  await station.show('found-warnings', null);
  expect(said(container, '.warnings').filter((key) => key === 'warn-live-pass')).toHaveLength(1);
  expect(container.querySelector('.warnings')?.textContent).not.toMatch(/分前/);
});

test('what blocks has to be ticked: until then the button leads to the tick and asks the station nothing', async () => {
  const station = new Station('found-full', 'welcome');
  const container = await draw(station);
  const yes = act(container, 'confirm_person');
  expect(yes).toHaveAttribute('aria-disabled', 'true');
  await fireEvent.click(yes);
  await settled();
  expect(station.wanted).toEqual([]);
  expect(act(container, 'heed_warnings')).toHaveFocus();
  await fireEvent.click(act(container, 'heed_warnings'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'heed_warnings', on: true } }]);
  if (station.operator.screen.screen !== 'found') throw new Error('not found');
  station.operator.screen.heeded = true;
  station.operator.revision += 1;
  await station.tell(station.operator.revision);
  expect(yes).toHaveAttribute('aria-disabled', 'false');
  await fireEvent.click(yes);
  await settled();
  expect(station.wanted.at(-1)).toEqual({ want: 'visit', visit: 7, act: { do: 'confirm_person' } });
});
