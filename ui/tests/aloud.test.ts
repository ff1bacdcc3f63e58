/** S52: reading aloud where the machine has a voice for the language, and a clear "not available" where it has none. */
import { fireEvent } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Lang } from '../src/bindings/Lang';
import { bare } from '../src/readings';
import { markedWord } from '../src/words';
import { act, draw, settled, Station } from './station';

afterEach(() => vi.unstubAllGlobals());

/** A machine with a voice for each of these; they are found late, as they really are. */
function voices(...languages: string[]) {
  let found: { lang: string }[] = [];
  let tell = () => {};
  const spoken: string[] = [];
  let silenced = 0;
  vi.stubGlobal('SpeechSynthesisUtterance', class {
    lang = '';
    constructor(readonly text: string) {}
  }); // prettier-ignore
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => found,
    addEventListener: (_: string, listener: () => void) => (tell = listener),
    removeEventListener: () => {},
    cancel: () => (silenced += 1),
    speak: (said: { lang: string; text: string }) => spoken.push(`${said.lang}: ${said.text}`),
  });
  return {
    spoken,
    silenced: () => silenced,
    arrive: async () => {
      found = languages.map((lang) => ({ lang }));
      tell();
      await settled();
    },
  };
}

function person(lang: Lang): Station {
  const station = new Station('welcome', 'walk-a1', lang);
  station.label = 'person-7';
  return station;
}

test.each<Lang>(['ja', 'ja_easy', 'en', 'pseudo'])('without voices it is said, in %s', async (lang) => {
  const station = person(lang);
  const container = await draw(station);
  const button = act(container, 'person:read_aloud_none');
  const says = bare(markedWord(lang, 'read-aloud-none'));
  expect(button).toHaveAttribute('aria-disabled', 'true');
  // Beside the caption, which is not stretched, the name is not either.
  expect(button).toHaveAccessibleName(bare(markedWord(lang === 'pseudo' ? 'en' : lang, 'read-aloud-none')));
  const note = () => container.querySelector('header [role="status"]');
  expect(note()?.textContent?.trim()).toBe('');
  await fireEvent.click(button);
  const copy = note()?.cloneNode(true) as Element;
  for (const reading of copy.querySelectorAll('rt')) reading.remove();
  expect(copy.textContent?.trim()).toBe(says);
  await fireEvent.click(button);
  expect(note()?.textContent?.trim()).toBe('');
  expect(station.personWanted).toEqual([]);
});

test('voices that are found late are offered, each for its language alone', async () => {
  const machine = voices('ja-JP', 'fr_FR');
  const station = person('ja');
  const container = await draw(station);
  expect(container.querySelector('[data-act="person:read_aloud"]')).toBeNull();
  await machine.arrive();
  await fireEvent.click(act(container, 'person:read_aloud'));
  expect(station.personWanted).toEqual([{ want: 'read_aloud', on: true }]);

  const english = await draw(person('en'));
  expect(english.querySelector('[data-act="person:read_aloud"]')).toBeNull();
  act(english, 'person:read_aloud_none');
});

test('what was said to one person is not gone on with for another', async () => {
  const machine = voices('ja-JP');
  await machine.arrive();
  const station = person('ja');
  station.person.reading_aloud = true;
  const fronts = (visit: number, aloud: boolean) => {
    const revision = station.person.revision + 1;
    station.person = { ...station.person, visit, ticket: visit, reading_aloud: aloud, revision };
    return station.tell(revision);
  };
  await draw(station);
  await fronts(1, true);
  const [spoken, silenced] = [machine.spoken.length, machine.silenced()];
  await fronts(2, true);
  expect(machine.silenced()).toBeGreaterThan(silenced);
  expect(machine.spoken.length).toBe(spoken + 1);
  await fronts(3, false);
  expect(machine.spoken.length).toBe(spoken + 1);
});

test('the row is spoken without the readings above its characters', async () => {
  const machine = voices('ja-JP');
  await machine.arrive();
  const station = person('ja_easy');
  station.person.reading_aloud = true;
  await draw(station);
  await settled();
  expect(machine.spoken[0]).toMatch(/^ja-JP: /);
  expect(machine.spoken[0]).toContain('タップします');
  expect(machine.spoken[0]).not.toMatch(/みぎうえ|ひら/);
});
