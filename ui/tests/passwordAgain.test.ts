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

describe.each(steps)('%s', (step) => {
  const name = `again-${dashed(step)}`;
  const needed = step !== 'not_needed' && step !== 'not_known';

  test.each(languages)('says how it stands, where a password is set, and gives none out: %s', async (lang) => {
    const container = await draw(new Station(name, name, lang));
    const operator = text(container, 'operator');
    const person = text(container, 'person');
    const says = (key: string) => word(lang, key);
    expect(operator).toContain(says(`op-again-${dashed(step)}`));
    for (const side of [operator, person]) expect(side.includes(says('pe-password-reset'))).toBe(needed);
    expect(operator.includes(says('op-again-none-here'))).toBe(needed);
    expect(person.includes(says('pe-again-none-here'))).toBe(needed);
    expect(container.querySelector('input')).toBeNull();
    expect(has(container, 'reveal')).toBe(false);
  });

  test('ends where nothing is on its way', async () => {
    const container = await draw(new Station(name, name));
    expect(has(container, 'finish')).toBe(needed && step !== 'leaving');
    expect(has(container, 'cancel')).toBe(!needed);
    expect(has(container, 'back-to-rows')).toBe(true);
  });
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
