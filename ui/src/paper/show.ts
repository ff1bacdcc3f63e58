/** Draws a hand-out to be printed, when its fonts are there. */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import './paper.css';
import { mount, unmount } from 'svelte';
import type { HandOut } from '../bindings/HandOut';
import { langTag } from '../languages';
import { adopt } from '../words';
import { fill } from './fill';
import Sheet from './Sheet.svelte';

let drawn: Record<string, unknown> | undefined;

/** Puts it in the place of what was there; gives the size of its type in points. */
export async function show(into: HTMLElement, handOut: HandOut): Promise<number> {
  if (drawn) await unmount(drawn);
  adopt(handOut.site_files);
  document.documentElement.lang = langTag(handOut.lang);
  drawn = mount(Sheet, { target: into, props: { handOut } });
  const text = into.textContent;
  const faces = [400, 700].map((weight) => document.fonts.load(`${weight} 10pt "BIZ UDPGothic"`, text));
  await Promise.all(faces);
  await document.fonts.ready;
  return fill(into, handOut.paper);
}
