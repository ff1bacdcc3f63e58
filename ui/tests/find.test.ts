/** Finding the person: the input method's Enter is not ours, and what is typed is previewed. */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { FindBy } from '../src/bindings/FindBy';
import { preview } from '../src/screens/operator/compose';
import { act, draw, settled, Station } from './station';

async function typed(text: string) {
  const station = new Station('find', 'welcome');
  const container = await draw(station);
  const field = container.querySelector<HTMLInputElement>('input[name="person"]');
  if (!field) throw new Error('no field');
  await fireEvent.input(field, { target: { value: text } });
  return { station, container, field };
}

test('the field has the keyboard at once', async () => {
  const { field } = await typed('');
  expect(field).toHaveFocus();
});

test('Enter searches', async () => {
  const { station, field } = await typed('fctv-user');
  await fireEvent.keyDown(field, { key: 'Enter' });
  await settled();
  expect(station.wanted).toEqual([
    { want: 'visit', visit: 7, act: { do: 'find', text: 'fctv-user', by: 'organisation' } },
  ]);
});

test.each([
  ['while composing', { key: 'Enter', isComposing: true }],
  ['that ends a composition in Safari', { key: 'Enter', keyCode: 229 }],
])('Enter %s does not search', async (_, key) => {
  const { station, field } = await typed('見本');
  await fireEvent.keyDown(field, key);
  await settled();
  expect(station.wanted).toEqual([]);
});

test('the kind of account goes with the search', async () => {
  const { station, container } = await typed('fctv-user');
  const partner = container.querySelector<HTMLInputElement>('input[name="by"][value="partner"]');
  if (!partner) throw new Error('no choice');
  await fireEvent.click(partner);
  expect(container.querySelector('[data-preview]')?.textContent).toContain('fctv-user@cable.fukui.jp');
  await fireEvent.click(act(container, 'find'));
  await settled();
  expect(station.wanted).toEqual([{ want: 'visit', visit: 7, act: { do: 'find', text: 'fctv-user', by: 'partner' } }]);
});

test('S27, S28: the preview', () => {
  const check = (text: string, by: FindBy, local: string | null, domain?: string) =>
    expect(preview(text, by, [
      { class: 'organisation', domain: 'cablechan.biz' },
      { class: 'partner', domain: 'cable.fukui.jp' },
    ])).toEqual(local === null ? null : { local, domain }); // prettier-ignore
  check('', 'organisation', null);
  check('fctv-user', 'organisation', 'fctv-user', 'cablechan.biz');
  check('fctv-user', 'partner', 'fctv-user', 'cable.fukui.jp');
  check('ｆｃｔｖ－ｕｓｅｒ', 'organisation', 'fctv-user', 'cablechan.biz');
  check('fctv-user@cable.fukui.jp', 'organisation', 'fctv-user', 'cable.fukui.jp');
  check('fctv-user', 'sign_in_name', null);
  check('見本', 'name', null);
});
