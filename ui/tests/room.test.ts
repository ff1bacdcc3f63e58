/** Room for what is read: the pass is whole or in eights, a small window is the person's, and no text is set smaller. */
import { fireEvent } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { shown } from '../src/fixtures';
import { makeRoom } from '../src/makeRoom';
import { act, draw, settled, Station } from './station';

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function withPass(length: number): Promise<HTMLElement> {
  const station = new Station('board-shown', 'walk-a6-shown');
  if (station.person.screen.screen === 'walk') station.person.screen.pass = shown(alphabet.slice(0, length));
  return draw(station);
}

const seen = (container: HTMLElement) =>
  [...container.querySelectorAll('[data-glyph]')].map((glyph) => glyph.textContent).join('');

test.each([8, 12, 16])('F9: a pass of %i characters is whole in one view', async (length) => {
  const container = await withPass(length);
  expect(seen(container)).toBe(alphabet.slice(0, length));
  expect(container.querySelector('[data-act="person:pass_part_next"]')).toBeNull();
});

test('F9: a longer pass is there eight characters at a time, and says which of how many', async () => {
  const container = await withPass(20);
  expect(seen(container)).toBe('abcdefgh');
  expect(container.textContent).toContain('1/3');
  await fireEvent.click(act(container, 'person:spell'));
  expect(container.querySelectorAll('[data-spelled] li')).toHaveLength(8);
  await fireEvent.click(act(container, 'person:pass_part_next'));
  await fireEvent.click(act(container, 'person:pass_part_next'));
  expect(seen(container)).toBe('qrst');
  expect(act(container, 'person:pass_part_next')).toHaveAttribute('aria-disabled', 'true');
  await fireEvent.click(act(container, 'person:pass_part_next'));
  expect(container.textContent).toContain('3/3');
  await fireEvent.click(act(container, 'person:pass_part_back'));
  expect(seen(container)).toBe('ijklmnop');
});

test('F9: a pass that was hidden begins again with its first characters', async () => {
  const station = new Station('board-shown', 'walk-a6-shown');
  const screen = station.person.screen;
  if (screen.screen === 'walk') screen.pass = shown(alphabet);
  const container = await draw(station);
  await fireEvent.click(act(container, 'person:pass_part_next'));
  await station.show('board-hidden', 'walk-a6-hidden');
  station.person = { ...station.person, screen, revision: 9 };
  await station.tell(9);
  expect(seen(container)).toBe('abcdefgh');
});

test.each([
  ['walk-a6-shown', true],
  ['walk-a6-hidden', true],
  ['walk-a5-held', false],
  ['walk-a6-other', false],
])('F9: in a small window %s gives the person the whole width: %s', async (person, whole) => {
  const mocked = (media: string) =>
    Object.assign(new EventTarget(), { media, matches: media.includes('max-width: 1179px') }) as MediaQueryList;
  vi.spyOn(window, 'matchMedia').mockImplementation(mocked);
  const container = await draw(new Station('board-hidden', person));
  expect(container.querySelector('.window--bar') !== null).toBe(whole);
  expect(container.querySelector('.window--board') !== null).toBe(!whole);
  for (const wanted of ['cancel', 'leave_unfinished', 'finish', 'back', 'next', 'reveal', 'lock'])
    expect(act(container, wanted)).toBeInTheDocument();
});

test('F9: a window of 1280×800 keeps the operator beside the person', async () => {
  const container = await draw(new Station('board-shown', 'walk-a6-shown'));
  expect(container.querySelector('.window--bar')).toBeNull();
});

/** What is made of a part, from much height to none: each step once. */
async function steps<State>(inside: string, needs: (part: HTMLElement) => number, state: (part: HTMLElement) => State) {
  vi.stubGlobal('ResizeObserver', class {
      observe() {}
      disconnect() {}
    }); // prettier-ignore
  const made: State[] = [];
  let tried = 0;
  for (let height = 320; height >= 0; height -= 4) {
    const part = document.createElement('div');
    part.innerHTML = inside;
    Object.defineProperty(part, 'clientHeight', { get: () => height });
    Object.defineProperty(part, 'scrollHeight', { get: () => ((tried += 1), needs(part)) });
    makeRoom(part);
    await settled();
    if (JSON.stringify(state(part)) !== JSON.stringify(made.at(-1))) made.push(state(part));
    expect(Array.from({ length: part.style.length }, (_, at) => part.style.item(at)).sort()).toEqual([
      '--code',
      '--phone',
    ]);
    expect(tried, 'each that is tried lays out the page').toBeLessThan(12);
    tried = 0;
  }
  return made;
}

const set = (part: HTMLElement, name: string) => Number(part.style.getPropertyValue(name));

test('F7: the codes give way first, then the phone, then the pass gets the whole width, and no text gets smaller', async () => {
  const needs = (part: HTMLElement) =>
    100 * set(part, '--code') + 100 * set(part, '--phone') + (part.hasAttribute('data-across') ? 0 : 100);
  const made = await steps('', needs, (part) => ({
    code: set(part, '--code'),
    phone: set(part, '--phone'),
    across: part.hasAttribute('data-across'),
  }));
  const phone = made.findIndex((state) => state.phone < 1);
  const across = made.findIndex((state) => state.across);
  expect(made.slice(0, phone).map(({ code }) => code)).toEqual([1, 0.85, 0.7, 0.55, 0.45]);
  expect(phone).toBeGreaterThan(0);
  expect(across).toBeGreaterThan(phone);
});

test('what is read while waiting: the codes get smaller, then their words stand beside them, then the address goes', async () => {
  const needs = (part: HTMLElement) =>
    50 + 100 * set(part, '--code') + (part.hasAttribute('data-flat') ? 0 : 100) - (part.dataset.less ? 50 : 0);
  const made = await steps('<div data-waiting><svg data-qr></svg></div>', needs, (part) => ({
    code: set(part, '--code'),
    less: part.dataset.less ?? part.hasAttribute('data-flat'),
  }));
  expect(made.map(({ less }) => less)).toEqual([...Array(3).fill(false), ...Array(3).fill(true), 'help', 'help']);
  expect(Math.min(...made.map(({ code }) => code))).toBeGreaterThan(0.5);
});

test.each([
  ['a pass in sight', '<span data-glyph>k</span>', true],
  ['a row that waits for one', '<p>Do not tap yet</p>', false],
])('F7: where nothing is enough, %s stands above the words: %s', async (_what, inside, first) => {
  vi.stubGlobal('ResizeObserver', class {
      observe() {}
      disconnect() {}
    }); // prettier-ignore
  const part = document.createElement('div');
  part.innerHTML = inside;
  const gone: (string | undefined)[] = [];
  Object.defineProperty(part, 'clientHeight', { get: () => 100 });
  Object.defineProperty(part, 'scrollHeight', { get: () => (gone.push(part.dataset.less), 1_000) });
  makeRoom(part);
  await settled();
  expect(part.hasAttribute('data-first')).toBe(first);
  expect(gone.filter((less) => less !== undefined)).toEqual(['help', 'phone']);
});

test.each(['board-question', 'board-uninvited', 'board-colleague', 'board-colleague-asked', 'board-colleague-renewal'])(
  'F9: what the operator is asked at %s has its height, in no bar',
  async (operator) => {
    const mocked = (media: string) => Object.assign(new EventTarget(), { media, matches: true }) as MediaQueryList;
    vi.spyOn(window, 'matchMedia').mockImplementation(mocked);
    const container = await draw(new Station(operator, 'walk-a6-hidden'));
    expect(container.querySelector('.window--bar')).toBeNull();
    expect(container.querySelector('.window--board')).not.toBeNull();
  },
);

test('a size that follows what is made of it comes to rest, with the least room that it needed', async () => {
  let tell = () => {};
  vi.stubGlobal('ResizeObserver', class {
      constructor(measure: () => void) {
        tell = measure;
      }
      observe() {}
      disconnect() {}
    }); // prettier-ignore
  let height = 0;
  let asked = 0;
  const part = document.createElement('div');
  Object.defineProperty(part, 'clientHeight', { get: () => height });
  Object.defineProperty(part, 'scrollHeight', {
    get: () => ((asked += 1), 500 * Number(part.style.getPropertyValue('--code'))),
  });
  makeRoom(part);
  const phone = () => part.style.getPropertyValue('--code');
  const made = [];
  for (let turn = 0; turn < 40; turn += 1) {
    height = turn % 2 ? 480 : 300;
    tell();
    made.push(phone());
  }
  expect(made.slice(0, 4)).toEqual(['0.55', '0.85', '0.55', '0.85']);
  expect(new Set(made.slice(10))).toEqual(new Set(['0.45']));
  const before = asked;
  tell();
  expect(asked).toBe(before);
  const frame = () => new Promise(requestAnimationFrame);
  for (let frames = 0; frames < 3; frames += 1) await frame();
  height = 1_000;
  tell();
  expect(phone()).toBe('1');
});

test('what runs down every second is not measured', async () => {
  vi.stubGlobal('ResizeObserver', class {
      observe() {}
      disconnect() {}
    }); // prettier-ignore
  const part = document.createElement('div');
  part.innerHTML = '<span role="timer">1:00</span><b data-seconds><i>Hides in 9 s.</i></b><p>Wait</p>';
  let asked = 0;
  Object.defineProperty(part, 'scrollHeight', { get: () => ((asked += 1), 0) });
  makeRoom(part);
  const before = asked;
  part.querySelector('span')!.firstChild!.nodeValue = '0:59';
  part.querySelector('b')!.innerHTML = '<i>Hides in</i> 8 s.';
  await settled();
  expect(asked).toBe(before);
  part.querySelector('p')!.firstChild!.nodeValue = 'Go on';
  await settled();
  expect(asked).toBeGreaterThan(before);
});
