/** The page the hand-out is printed from: nobody sees it, and it can call nothing. */
import type { HandOut } from './bindings/HandOut';
import { show } from './paper/show';

declare global {
  interface Window {
    /** Put here by Rust before the page's own scripts run. */
    readonly handOut?: HandOut;
  }
}

const target = document.getElementById('sheet');
const handOut = window.handOut;
if (target && handOut) void print(target, handOut);

/** The title is all this page can tell: Rust prints when it says that the page is drawn. */
async function print(into: HTMLElement, handOut: HandOut) {
  await show(into, handOut);
  document.title = 'drawn';
}
