/** "I need a password again": the question, the roll, the site's own procedure, and nothing that gives a password out. */
import { cleanup, fireEvent } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { AgainStep } from '../src/bindings/AgainStep';
import type { Lang } from '../src/bindings/Lang';
import type { OperatorAction } from '../src/bindings/OperatorAction';
import { operatorScreens, personScreens } from '../src/fixtures';
import { visit } from '../src/fixtures/parts';
import { adopt, word } from '../src/words';
import { act, draw, settled, Station } from './station';

const languages: Lang[] = ['ja', 'en'];
const steps: AgainStep[] = ['not_needed', 'not_known', 'no_roll', 'not_on_roll', 'leaving', 'left', 'not_left'];
const dashed = (name: string) => name.replaceAll('_', '-');
const text = (container: HTMLElement, pane: string) =>
  (container.querySelector(`[data-pane="${pane}"]`)?.textContent ?? '').replace(/\s+/g, ' ');
const has = (container: HTMLElement, name: string) => container.querySelector(`[data-act="${name}"]`) !== null;

async function wants(screen: string, name: string): Promise<OperatorAction[]> {
  const station = new Station(screen, 'welcome');
  const container = await draw(station);
  await fireEvent.click(act(container, name));
  await settled();
  return station.wanted;
}

const ofVisit = (doing: object) => [{ want: 'visit', visit, act: doing }];

describe('on the board', () => {
  test('it is offered where the station offers it, and nowhere else', async () => {
    expect(await wants('board-need-password', 'need-password')).toEqual(ofVisit({ do: 'need_password' }));
    cleanup();
    expect(has(await draw(new Station('board-install', 'walk-install')), 'need-password')).toBe(false);
  });

  test.each(languages)('while the phones are looked at it says so and waits: %s', async (lang) => {
    expect(await wants('board-need-password-looking', 'need-password')).toEqual([]);
    cleanup();
    const container = await draw(new Station('board-need-password-looking', 'walk-install', lang));
    const button = act(container, 'need-password');
    expect(button.textContent).toContain(word(lang, 'op-again-looking'));
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the question', () => {
  test('a "yes" waits for the person, the others do not', async () => {
    expect(await wants('again-windows', 'use-yes')).toEqual([]);
    for (const [answer, name] of [
      ['no', 'use-no'],
      ['dont_know', 'use-dont-know'],
    ]) {
      cleanup();
      const wanted = await wants('again-windows', name ?? '');
      expect(wanted).toEqual(ofVisit({ do: 'confirm_need', question: 'windows', answer }));
    }
    cleanup();
    const yes = ofVisit({ do: 'confirm_need', question: 'windows', answer: 'yes' });
    expect(await wants('again-answered', 'use-yes')).toEqual(yes);
    cleanup();
    expect(await wants('again-alone', 'use-yes'), 'nobody stands before a screen').toEqual(yes);
  });

  test('the person answers it in the words of the site', async () => {
    const station = new Station('ending', 'again-windows');
    const container = await draw(station);
    await fireEvent.click(act(container, 'person:use-yes'));
    await settled();
    expect(station.personWanted).toEqual([{ want: 'answer_use', question: 'windows', answer: 'yes' }]);
    expect(container.querySelector('[data-pane="person"] .question[data-site]')).not.toBeNull();
  });

  test('there is a way back without an answer', async () => {
    expect(await wants('again-others', 'back-to-rows')).toEqual(ofVisit({ do: 'back_to_rows' }));
  });
});

describe.each(['not_needed', 'not_known'])('%s, while an earlier visit still takes them off', (step) => {
  test.each(languages)('says both: %s', async (lang) => {
    const name = `again-${dashed(step)}`;
    for (const [screen, owed] of [
      [`${name}-owed`, true],
      [name, false],
    ] as const) {
      const container = await draw(new Station(screen, screen, lang));
      expect(text(container, 'operator').includes(word(lang, 'op-again-owed'))).toBe(owed);
      expect(text(container, 'person').includes(word(lang, 'pe-again-owed'))).toBe(owed);
      cleanup();
    }
  });
});

/** A password is set only once nothing would change it. */
const set = (step: AgainStep) => step === 'left' || step === 'not_on_roll' || step === 'no_roll';
/** Where the person may know the present one. */
const known = (step: AgainStep) => step === 'not_on_roll' || step === 'no_roll';

describe.each(steps)('%s', (step) => {
  const name = `again-${dashed(step)}`;
  const needed = step !== 'not_needed' && step !== 'not_known';

  test.each(languages)('says how it stands, where a password is set, and gives none out: %s', async (lang) => {
    const container = await draw(new Station(name, name, lang));
    const operator = text(container, 'operator');
    const person = text(container, 'person');
    const says = (key: string) => word(lang, key);
    expect(operator).toContain(says(`op-again-${dashed(step)}`));
    for (const side of [operator, person]) {
      expect(side.includes(says('pe-password-reset'))).toBe(set(step));
      expect(side.includes(says('pe-again-if-known'))).toBe(known(step));
    }
    expect(operator.includes(says('op-again-order'))).toBe(step === 'left');
    expect(operator.includes(says('op-again-wait'))).toBe(step === 'leaving' || step === 'not_left');
    expect(operator.includes(says('op-again-none-here'))).toBe(needed);
    expect(person.includes(says('pe-again-none-here'))).toBe(needed);
    expect(container.querySelector('input')).toBeNull();
    expect(has(container, 'reveal')).toBe(false);
  });

  test('can end, and go on to the phone', async () => {
    const container = await draw(new Station(name, name));
    expect(act(container, 'finish').className.includes('button--main')).toBe(step !== 'leaving');
    expect(has(container, 'cancel'), 'nothing was undone').toBe(false);
    expect(has(container, 'back-to-rows')).toBe(true);
  });

  test.each(languages)('the goodbye says the same, and nothing that does not hold: %s', async (lang) => {
    const said = text(
      await draw(new Station('receipt-password-again', `goodbye-again-${dashed(step)}`, lang)),
      'person',
    );
    const says = (key: string) => word(lang, key);
    expect(said.includes(says('pe-password-reset'))).toBe(set(step));
    expect(said.includes(says('pe-again-if-known'))).toBe(known(step));
    expect(said.includes(says('pe-again-unchanged'))).toBe(!needed);
    expect(said.includes(says('pe-again-title'))).toBe(needed);
    for (const step of ['leaving', 'not_left', 'left']) {
      expect(said.includes(says(`pe-again-${dashed(step)}`))).toBe(name === `again-${dashed(step)}`);
    }
    expect(said).not.toContain(says('pe-goodbye-cancelled-more'));
  });

  test.each(languages)('after a registration the card says it, and how often nothing: %s', async (lang) => {
    if (!needed) return;
    const says = (key: string) => word(lang, key);
    const shown = [`password-needed-${dashed(step)}`, `card-needed-${dashed(step)}`];
    for (const person of shown) {
      cleanup();
      const said = text(await draw(new Station(`password-needed-${dashed(step)}`, person, lang)), 'person');
      expect(said.includes(says('pe-password-reset')), person).toBe(set(step));
      expect(said.includes(says('pe-again-not-left')), person).toBe(step === 'leaving' || step === 'not_left');
      for (const key of ['pe-password-three-months', 'pe-password-stays-still-used', 'pe-password-forgotten'])
        expect(said, person).not.toContain(says(key));
    }
  });
});

test.each(languages)('a phone that is gone is not said to work, and a new one comes first: %s', async (lang) => {
  const container = await draw(new Station('again-left-no-phone', 'again-left-no-phone', lang));
  const person = text(container, 'person');
  expect(person).not.toContain(word(lang, 'pe-again-phone'));
  expect(person).toContain(word(lang, 'pe-again-phone-later'));
  expect(act(container, 'back-to-rows').className).toContain('button--main');
  expect(act(container, 'finish').className).not.toContain('button--main');
  cleanup();
  const asked = text(await draw(new Station('again-windows', 'again-windows-no-phone', lang)), 'person');
  expect(asked).toContain(word(lang, 'pe-again-calm-later'));
  expect(asked).not.toContain(word(lang, 'pe-again-calm'));
});

test('a yes that leads off the automatic change waits for the person, and a "don’t know" is said to change nothing', async () => {
  expect(await wants('use-leads-off', 'use-yes')).toEqual([]);
  cleanup();
  const yes = ofVisit({ do: 'confirm_use', question: 'windows', answer: 'yes', despite: null });
  expect(await wants('use-leads-off-answered', 'use-yes')).toEqual(yes);
  cleanup();
  const operator = text(await draw(new Station('use-leads-off', 'welcome', 'en')), 'operator');
  expect(operator).toContain(word('en', 'op-use-dont-know-keeps'));
  expect(operator).not.toContain(word('en', 'op-use-dont-know-what'));
});

test('of whoever needs one again it is said on the first screen that none is to be set yet', async () => {
  const operator = text(await draw(new Station('home-no', 'welcome', 'en')), 'operator');
  expect(operator.split(word('en', 'op-home-leaving-wait')).length - 1).toBe(1);
});

test('where the person could not be taken off, it is said who does it by hand, where, and to wait', async () => {
  const container = await draw(new Station('again-not-left-told', 'again-not-left', 'en'));
  const operator = text(container, 'operator');
  expect(operator).toContain('6f7a2a00-0000-4000-8000-00000000a001');
  expect(operator).toContain(word('en', 'op-again-wait'));
  expect(operator).not.toContain(word('en', 'op-again-order'));
});

test('the procedure is the words of the site, where it wrote them', async () => {
  const station = new Station('again-left', 'again-left', 'en');
  const files = [{ path: 'locales/en/said.ftl', text: 'pe-password-reset = { "Room 12, with your staff card" }\n' }];
  station.operator.site_files = files;
  station.person.site_files = files;
  const container = await draw(station);
  for (const side of ['operator', 'person']) expect(text(container, side)).toContain('Room 12, with your staff card');
  adopt([]);
});

test('every step has a screen on both sides', () => {
  for (const step of steps) {
    expect(operatorScreens[`again-${dashed(step)}`], step).toBeDefined();
    expect(personScreens[`again-${dashed(step)}`], step).toBeDefined();
  }
});
