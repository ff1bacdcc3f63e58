/** The page the hand-out is printed from: nobody sees it, and it can call nothing. */
import type { HandOut } from './bindings/HandOut';
import { given } from './paper/given';
import { show } from './paper/show';

const target = document.getElementById('sheet');
if (target && given) void print(target, given);

/** The title is all this page can tell: Rust prints when it says that the page is drawn. */
async function print(into: HTMLElement, handOut: HandOut) {
  await show(into, handOut);
  document.title = 'drawn';
}
