/** Readings of Chinese characters: 漢字《かんじ》 in a message becomes a word with its reading above it. */

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

/** The text without its readings. */
export function bare(text: string): string {
  return text.replace(marked, '$1');
}
