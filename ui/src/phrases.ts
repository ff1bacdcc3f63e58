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
    cut = kept(parser.parse(text));
    // A page lives for one visit, yet names pass through here too: keep the store small.
    if (known.size > 400) known.clear();
    known.set(text, cut);
  }
  return cut;
}

/** What no Japanese line begins with, and what none ends with. */
const begins =
  /^[\p{Pe}\p{Pf}、。，．・：；？！…‥ー〜～々ゝゞヽヾ゛゜%％‰℃°,.:;?!ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]/u;
const ends = /[\p{Ps}\p{Pi}「『（【〔〈《￥$＄#＃]$/u;

/** The same pieces, where none begins or ends against the rules: the parser knows phrases, not brackets. */
function kept(cut: string[]): string[] {
  const pieces: string[] = [];
  for (const piece of cut) {
    const last = pieces.at(-1);
    if (last !== undefined && (mayNotBegin(piece) || mayNotEnd(last) || counted(last, piece)))
      pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
}

/** What is counted in Japanese, by its first character. */
const counts = /(?<=\d) (?=[分秒時桁回台件名日つ人個字]|か月|文字)/gu;
const HELD = '\u00a0';

/** The same text, in which no line ends between a number and what is counted. */
export function held(text: string): string {
  return text.replace(counts, HELD);
}

function counted(last: string, piece: string): boolean {
  return last.endsWith(HELD) || piece.startsWith(HELD);
}

/** Whether no line may begin with this text. */
export function mayNotBegin(text: string): boolean {
  return begins.test(text);
}

/** Whether no line may end with it, but for a blank that is not seen there. */
export function mayNotEnd(text: string): boolean {
  return ends.test(text.trimEnd());
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
