/** How letters, capitals and symbols are reached on the keyboard of the phone in hand. */
import { expect, test } from 'vitest';
import { draw, Station } from './station';

test('how letters, capitals and symbols are reached stands on the two rows where something is typed', async () => {
  for (const [name, shown] of [
    ['walk-a5', true],
    ['walk-a6-shown', true],
    ['walk-a8', false],
  ] as const) {
    const station = new Station('board-hidden', name);
    station.label = 'person-7';
    const hint = (await draw(station)).querySelector('[data-keys-hint="ios"]');
    expect(hint !== null, name).toBe(shown);
    if (shown) for (const key of ['ABC', '123', '#+=', '大文字']) expect(hint).toHaveTextContent(key);
  }
});

test.each([
  ['ios', 'ja', ['ABC', '123', '#+=']],
  ['android', 'ja', ['あa1', '?123', '=\\<']],
  ['android', 'en', ['ABC', '?123', '=\\<']],
] as const)('the keys are those of the phone in hand: %s in %s', async (phone_os, phone_lang, keys) => {
  const station = new Station('board-hidden', 'walk-a5', 'en');
  station.label = 'person-7';
  if (station.person.screen.screen !== 'walk') throw new Error('no row');
  Object.assign(station.person.screen.row, { phone_os, phone_lang });
  const hint = (await draw(station)).querySelector('[data-keys-hint]');
  expect([...(hint?.querySelectorAll('.keys kbd') ?? [])].map((key) => key.textContent)).toEqual(keys);
});
