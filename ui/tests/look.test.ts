/** What looks at the screens' structure sees what is wrong in it, and only what is there to be seen. */
import { expect, test } from 'vitest';
import { sound } from './look';

function page(markup: string): HTMLElement {
  document.title = 'A';
  document.documentElement.lang = 'en';
  document.body.innerHTML = `<main><h1>A</h1>${markup}</main>`;
  return document.body;
}

test('a control without a name is a fault', async () => {
  expect(await sound(page('<button></button>'))).toEqual(['button-name: <button></button>']);
});

test.each([
  '<button hidden></button>',
  '<div hidden><button></button></div>',
  '<div style="display: none"><button></button></div>',
  '<dialog><button></button></dialog>',
])('what is not in sight is none: %s', async (markup) => {
  expect(await sound(page(markup))).toEqual([]);
});

test('what was hidden a moment ago is looked at', async () => {
  expect(await sound(page('<p style="visibility: hidden"><button></button></p>'))).toEqual([]);
  expect(await sound(page('<p><button></button></p>'))).toHaveLength(1);
});
