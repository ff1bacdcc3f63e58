/** Touch only gets through: keys on the glass where an account name is asked for, and nowhere else. */
import { fireEvent } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { draw, settled, Station } from './station';

async function find(screen = 'find') {
  const station = new Station(screen, 'welcome');
  const container = await draw(station);
  const field = container.querySelector<HTMLInputElement>('input[name="person"]');
  if (!field) throw new Error('no field');
  return { station, container, field };
}

async function point(at: Element, pointerType: string) {
  await fireEvent(at, new PointerEvent('pointerdown', { pointerType, bubbles: true, cancelable: true }));
  await settled();
}

const keys = (container: HTMLElement) => container.querySelector<HTMLElement>('[data-keys]');

async function press(container: HTMLElement, names: string[]) {
  for (const name of names) {
    const key = container.querySelector<HTMLElement>(`[data-key="${name}"]`);
    if (!key) throw new Error(`no key ${name}`);
    await fireEvent.click(key);
  }
  await settled();
}

test('a finger brings the keys, with what an account name is written in', async () => {
  const { container, field } = await find();
  expect(keys(container)).toBeNull();
  await point(field, 'touch');
  const shown = [...(keys(container)?.querySelectorAll('button') ?? [])].map((key) => key.dataset.key);
  expect(shown).toEqual([...'1234567890abcdefghijklmnopqrstuvwxyz.-_@', 'delete', 'done']);
  for (const key of keys(container)?.querySelectorAll('button') ?? []) expect(key).toHaveAccessibleName();
  const found = await axe.run(container, { preload: false, rules: { 'color-contrast': { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

test.each(['mouse', 'pen'])('a %s brings no keys and puts them away', async (kind) => {
  const { container, field } = await find();
  await point(field, kind);
  expect(keys(container)).toBeNull();
  await point(field, 'touch');
  expect(keys(container)).not.toBeNull();
  await point(field, kind);
  expect(keys(container)).toBeNull();
});

test('a keyboard brings no keys and puts them away', async () => {
  const { container, field } = await find();
  field.blur();
  await fireEvent.keyDown(container.querySelector('[data-act="cancel"]') ?? field, { key: 'Tab', shiftKey: true });
  field.focus();
  await settled();
  expect(keys(container)).toBeNull();
  await point(field, 'touch');
  // Tab may be on its way to the keys themselves.
  await fireEvent.keyDown(field, { key: 'Tab' });
  expect(keys(container)).not.toBeNull();
  await fireEvent.keyDown(field, { key: 'f' });
  await settled();
  expect(keys(container)).toBeNull();
});

test('who came by touch finds the keys there when the field has the keyboard by itself', async () => {
  const station = new Station('home', 'welcome');
  const container = await draw(station);
  await point(container.querySelector('[data-act="start_visit"]') ?? container, 'touch');
  await station.show('find', null);
  expect(keys(container)).not.toBeNull();
  await station.show('home', null);
  expect(keys(container)).toBeNull();
});

test('touch only: a name is written, mended and searched for', async () => {
  const { station, container, field } = await find();
  await point(field, 'touch');
  await press(container, [...'fctv-usw', 'delete', ...'er']);
  expect(field.value).toBe('fctv-user');
  expect(container.querySelector('[data-preview]')?.textContent).toContain('fctv-user@');
  field.setSelectionRange(0, 4);
  await press(container, ['a']);
  expect(field.value).toBe('a-user');
  await press(container, ['delete', 'delete']);
  expect(field.value).toBe('-user');
  await fireEvent.click(container.querySelector('[data-act="find"]') ?? field);
  await settled();
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'find', text: '-user', by: 'organisation' } }]);
  expect(keys(container)).toBeNull();
});

test('the field keeps the keyboard while keys are touched, and has it when they are done', async () => {
  const { container, field } = await find();
  await point(field, 'touch');
  for (const name of ['pointerdown', 'mousedown']) {
    const event = new PointerEvent(name, { pointerType: 'touch', bubbles: true, cancelable: true });
    await fireEvent(container.querySelector('[data-key="a"]') ?? field, event);
    expect(event.defaultPrevented).toBe(true);
  }
  expect(field).toHaveFocus();
  for (const leave of ['done', 'escape']) {
    await point(field, 'touch');
    const key = container.querySelector<HTMLElement>('[data-key="done"]');
    key?.focus();
    if (leave === 'done') await press(container, ['done']);
    else await fireEvent.keyDown(key ?? field, { key: 'Escape' });
    await settled();
    expect(keys(container)).toBeNull();
    expect(field).toHaveFocus();
  }
});
