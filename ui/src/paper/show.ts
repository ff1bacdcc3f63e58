/** Draws what is to be printed, when its fonts are there. */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import './paper.css';
import { mount, unmount } from 'svelte';
import type { HandOut } from '../bindings/HandOut';
import type { Lang } from '../bindings/Lang';
import type { Paper } from '../bindings/Paper';
import { langTag } from '../languages';
import { adopt } from '../words';
import { fill } from './fill';
import Sheet from './Sheet.svelte';

type Mounted = Record<string, unknown>;

let shown: Mounted | undefined;

/** Puts a hand-out in the place of what was there; gives the size of its type in points. */
export function show(into: HTMLElement, handOut: HandOut): Promise<number> {
  adopt(handOut.site_files);
  return draw(into, handOut.lang, handOut.paper, () => mount(Sheet, { target: into, props: { handOut } }));
}

/** Puts what `mounted` makes in the place of what was there. */
export async function draw(into: HTMLElement, lang: Lang, paper: Paper, mounted: () => Mounted): Promise<number> {
  if (shown) await unmount(shown);
  document.documentElement.lang = langTag(lang);
  shown = mounted();
  const text = into.textContent;
  const faces = [400, 700].map((weight) => document.fonts.load(`${weight} 10pt "BIZ UDPGothic"`, text));
  await Promise.all(faces);
  await document.fonts.ready;
  return fill(into, paper);
}
