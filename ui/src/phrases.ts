/** Japanese text cut where a line may break without tearing a phrase. */
import { model } from 'budoux/module/data/models/ja.js';
import { Parser } from 'budoux/module/parser.js';
import type { Lang } from './bindings/Lang';

const parser = new Parser(model);
const known = new Map<string, string[]>();

/** The text in pieces; a line may break between any two. Other languages break at their spaces by themselves. */
export function phrases(lang: Lang, text: string): string[] {
  return inJapanese(lang, text).flatMap(broken);
}

function inJapanese(lang: Lang, text: string): string[] {
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

/** No word of a language is so long that it must be broken; a name of a directory may be. */
const LONGEST = 16;
const PIECE = 8;
/** The engine breaks a word of these scripts anywhere where it must, and knows how narrow it can become. */
const simple = /^[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}]*$/u;
const letters = new Intl.Segmenter();

/** A run without a space in pieces, where its script has the engine take it for as wide as all of it. */
function broken(text: string): string[] {
  if (text.length <= LONGEST || simple.test(text)) return [text];
  return text.split(/(?<=\s)/u).flatMap((run) => {
    const all = [...letters.segment(run)].map((letter) => letter.segment);
    if (all.length <= LONGEST) return [run];
    return Array.from({ length: Math.ceil(all.length / PIECE) }, (_, at) =>
      all.slice(at * PIECE, (at + 1) * PIECE).join(''),
    );
  });
}
