/** Japanese text cut where a line may break without tearing a phrase. */
import { model } from 'budoux/module/data/models/ja.js';
import { Parser } from 'budoux/module/parser.js';
import type { Lang } from './bindings/Lang';

const parser = new Parser(model);
const known = new Map<string, string[]>();

/** The text in pieces; a line may break between any two. Other languages break at their spaces by themselves. */
export function phrases(lang: Lang, text: string): string[] {
  if (lang !== 'ja' || text === '') return [text];
  let cut = known.get(text);
  if (!cut) {
    cut = parser.parse(text);
    // A page lives for one visit, yet names pass through here too: keep the store small.
    if (known.size > 400) known.clear();
    known.set(text, cut);
  }
  return cut;
}
