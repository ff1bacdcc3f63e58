/** The page the hand-out is printed from: nobody sees it, and it can call nothing. */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import './paper/paper.css';
import { mount } from 'svelte';
import type { HandOut } from './bindings/HandOut';
import Sheet from './paper/Sheet.svelte';
import { langTag } from './languages';
import { adopt } from './words';

declare global {
  interface Window {
    /** Put here by Rust before the page's own scripts run. */
    readonly handOut?: HandOut;
  }
}

const target = document.getElementById('sheet');
const handOut = window.handOut;
if (target && handOut) void show(target, handOut);

/** The title is all this page can tell: Rust prints when it says that the page is drawn. */
async function show(into: HTMLElement, handOut: HandOut) {
  adopt(handOut.site_files);
  document.documentElement.lang = langTag(handOut.lang);
  mount(Sheet, { target: into, props: { handOut } });
  const text = into.textContent;
  const faces = [400, 700].map((weight) => document.fonts.load(`${weight} 10pt "BIZ UDPGothic"`, text));
  await Promise.all(faces);
  await document.fonts.ready;
  document.title = 'drawn';
}
