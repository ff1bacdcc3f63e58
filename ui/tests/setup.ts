import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach, expect } from 'vitest';
import { missing } from '../src/words';

// jsdom knows the dialog element but not how to open it.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};

// Nor where anything stands.
Element.prototype.scrollIntoView ??= () => {};

// Nor what the system asks for; a test that needs an answer puts another in its place.
window.matchMedia ??= (media: string) => Object.assign(new EventTarget(), { media, matches: false }) as MediaQueryList;

beforeEach(() => {
  missing.length = 0;
});

afterEach(() => {
  cleanup();
  // One page serves every file of a worker.
  document.body.replaceChildren();
  document.title = '';
  document.documentElement.removeAttribute('lang');
  // Every test fails that drew a key without words.
  expect(missing).toEqual([]);
});
