/** Readings of Chinese characters: 漢字《かんじ》 in a message becomes a word with its reading above it. */

import { phrases } from './phrases';

/** A piece of a text, with its reading where it has one. */
export type Reading = { text: string; reading: string | null };

const marked = /(\p{Script=Han}[\p{Script=Han}々ヶ]*)《([^《》]+)》/gu;

/** The text in pieces. */
export function readings(text: string): Reading[] {
  const pieces: Reading[] = [];
  let from = 0;
  for (const found of text.matchAll(marked)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), reading: null });
    pieces.push({ text: found[1] ?? '', reading: found[2] ?? '' });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), reading: null });
  return pieces;
}

/** A piece that may begin a line. */
export type Piece = Reading & { breaks: boolean };

/** Easy Japanese stands with blanks between its phrases; what a site wrote for all who read Japanese does not. */
const spaced = /[\p{Script=Hiragana}、。」》] [\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** The text in pieces, cut between phrases as well where no blank stands there. */
export function pieces(text: string): Piece[] {
  const all = readings(text);
  if (spaced.test(text)) return all.map((piece) => ({ ...piece, breaks: false }));
  const ends = new Set<number>();
  let end = 0;
  for (const phrase of phrases('ja', bare(text))) ends.add((end += phrase.length));
  let at = 0;
  return all.flatMap((piece) => {
    const from = at;
    at += piece.text.length;
    // What bears a reading is one box; a phrase that ends within it goes on.
    const inside = piece.reading === null ? [...ends].filter((end) => end > from && end < at) : [];
    return [from, ...inside].map((begin, i, begins) => ({
      text: piece.text.slice(begin - from, (begins[i + 1] ?? at) - from),
      reading: piece.reading,
      breaks: ends.has(begin),
    }));
  });
}

/** How many characters of a reading are as wide as one of its word. */
const SMALL = 2;

/**
 * How far a reading that is wider than its word stands over either side, in halves of its own characters and by one of
 * them at most: else the word would stand in a gap. Beside another reading it keeps its own room.
 */
export function overhang(all: Reading[], at: number): 0 | 1 | 2 {
  const here = all[at];
  if (!here || here.reading === null) return 0;
  const beside = [all[at - 1], all[at + 1]];
  if (beside.some((piece) => piece !== undefined && piece.reading !== null)) return 0;
  const wider = [...here.reading].length - [...here.text].length * SMALL;
  return wider > 1 ? 2 : wider > 0 ? 1 : 0;
}

/** The text without its readings. */
export function bare(text: string): string {
  return text.replace(marked, '$1');
}
