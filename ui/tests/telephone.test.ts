/** Somebody calls (N28): how they are proofed, and the pass that is read out while a button is held. */
import { fireEvent } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { OperatorScreen } from '../src/bindings/OperatorScreen';
import { word } from '../src/words';
import { act, draw, settled, Station } from './station';

const wanted = (station: Station) => station.wanted.map((each) => (each.want === 'visit' ? each.act : each));

test('N28: a visit by telephone is offered only where the site serves callers', async () => {
  const station = new Station('home');
  const container = await draw(station);
  expect(container.querySelector('[data-act="start_telephone_visit"]')).toBeNull();
  const home = station.operator.screen as Extract<OperatorScreen, { screen: 'home' }>;
  station.operator.screen = { ...home, by_telephone: true };
  station.operator.revision += 1;
  await station.tell(station.operator.revision);
  await fireEvent.click(act(container, 'start_telephone_visit'));
  expect(station.wanted).toEqual([{ want: 'start_telephone_visit' }]);
});

describe.each(['ja', 'en'] as const)('N28: in %s', (lang) => {
  test('each way has its strength, and only numbers that are held can be chosen', async () => {
    const container = await draw(new Station('telephone', 'welcome', lang));
    const strengths = [...container.querySelectorAll('[data-way]')].map((way) => [
      way.getAttribute('data-way'),
      way.querySelector('.strength')?.textContent,
    ]);
    const said = (strength: string) => word(lang, `op-caller-strength-${strength}`);
    expect(strengths).toEqual([
      ['call_back', said('strong')],
      ['supervisor', said('strong')],
      ['colleague', said('supporting')],
    ]);
    expect(container.querySelectorAll('input[type="text"], input[type="tel"], textarea')).toHaveLength(0);
    expect(container.querySelector('[data-act^="tick:"]')).toBeNull();
    expect(container.textContent).toContain(word(lang, 'op-caller-never'));
    expect(container.querySelector('[data-by-telephone]')).not.toBeNull();
  });

  test('where no number is held, no call back is possible, and that is said', async () => {
    const container = await draw(new Station('telephone-no-number', 'welcome', lang));
    expect(container.querySelectorAll('input[type="radio"]')).toHaveLength(0);
    expect(container.textContent).toContain(word(lang, 'op-caller-no-number'));
    expect(container.textContent).toContain(word(lang, 'op-caller-no-supervisor'));
    expect(act(container, 'read_numbers')).toBeVisible();
  });
});

test('N28: what was called is a place in the list, and goes on once all is there', async () => {
  const station = new Station('telephone');
  const container = await draw(station);
  await fireEvent.click(act(container, 'call_back:1'));
  await fireEvent.click(act(container, 'supervisor:0'));
  await fireEvent.click(act(container, 'supervisor:none'));
  await fireEvent.click(act(container, 'colleague_confirms'));
  await settled();
  expect(act(container, 'call_back:none')).toBeChecked();
  await fireEvent.click(act(container, 'confirm_check'));
  expect(wanted(station)).toEqual([
    { do: 'called_back', at: 1 },
    { do: 'supervisor_said', at: 0 },
    { do: 'supervisor_said', at: null },
    { do: 'colleague_confirms', on: true },
  ]);
  await station.show('telephone-ready', null);
  await fireEvent.click(act(container, 'confirm_check'));
  expect(wanted(station).at(-1)).toEqual({ do: 'confirm_check' });
});

test('N28: nobody stands before a person’s side, and the operator sees the row, its label and its picture', async () => {
  const container = await draw(new Station('telephone-board'));
  expect(container.querySelector('[data-pane="person"]')).toBeNull();
  expect(container.querySelector('[data-theirs="a5"] svg')).not.toBeNull();
  expect(container.textContent).toContain(word('ja', 'op-theirs-caller'));
  expect(container.querySelector('[data-act="reveal"]')).toBeNull();
});

test('N28: the pass is wanted while the button is held, and let go with it', async () => {
  const station = new Station('telephone-live');
  const container = await draw(station);
  expect(container.querySelector('[data-pass-value]')).toBeNull();
  const button = act(container, 'read_out');
  await fireEvent.pointerDown(button, { button: 0 });
  await station.show('telephone-read-out', null);
  const pass = container.querySelector('[data-pane="operator"] [data-pass-value]');
  expect(pass?.querySelectorAll('[data-glyph]')).toHaveLength(8);
  expect(container.querySelectorAll('[data-spelled] li')).toHaveLength(8);
  await fireEvent.pointerUp(button);
  expect(wanted(station)).toEqual([{ do: 'read_out' }, { do: 'hide' }]);
});

test.each(['the keyboard', 'the focus that goes', 'the window that goes', 'the visit that goes'])(
  'N28: %s lets go of the pass as well',
  async (what) => {
    const station = new Station('telephone-live');
    const container = await draw(station);
    const button = act(container, 'read_out');
    await fireEvent.keyDown(button, { key: ' ' });
    await fireEvent.keyDown(button, { key: ' ', repeat: true });
    if (what === 'the keyboard') await fireEvent.keyUp(button, { key: ' ' });
    if (what === 'the focus that goes') await fireEvent.blur(button);
    if (what === 'the window that goes') await fireEvent.blur(window);
    if (what === 'the visit that goes') await station.show('home', null);
    expect(wanted(station)).toEqual([{ do: 'read_out' }, { do: 'hide' }]);
  },
);

test('N28: a renewal asks for the voice, not for who is in front', async () => {
  const container = await draw(new Station('telephone-live'));
  await fireEvent.click(act(container, 'renew_open'));
  const said = container.ownerDocument.body.textContent;
  expect(said).toContain('電話の相手');
  expect(said).not.toContain('目の前');
});
