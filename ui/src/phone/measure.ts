/** How wide text runs on a drawn phone, by a table: a picture must come out the same before any font is loaded. */
import type { Lang } from '../bindings/Lang';
import { phrases } from '../phrases';

const narrow = new Set(" iljtfI.,:;'’!|()[]-");
const wide = new Set('mwMW@%');

/** The width of a text in units of the drawing. */
export function width(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += em(letter);
  return ems * size;
}

/** A text in lines no wider than `room`, broken between phrases or words, and inside them only where one alone is too wide. */
export function wrap(lang: Lang, text: string, size: number, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts(lang, text)) {
    if (width((line + part).trimEnd(), size) <= room) {
      line += part;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trim());
    line = part;
    while (width(line.trimEnd(), size) > room) {
      const cut = longestStart(line, size, room);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

/** A sign-in name in lines: whole if it fits at this size or somewhat smaller, else broken before its `@`. */
export function fitName(name: string, size: number, least: number, room: number): { lines: string[]; size: number } {
  for (let smaller = size; smaller >= least; smaller -= 1) {
    if (width(name, smaller) <= room) return { lines: [name], size: smaller };
  }
  const at = name.lastIndexOf('@');
  const halves = at > 0 ? [name.slice(0, at), name.slice(at)] : [name];
  return { lines: halves.flatMap((half) => wrap('en', half, least, room)), size: least };
}

function em(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code > 0x2e7f) return 1;
  if (narrow.has(letter)) return 0.34;
  if (wide.has(letter)) return 0.9;
  if (/[A-Z&]/.test(letter)) return 0.7;
  return 0.57;
}

function parts(lang: Lang, text: string): string[] {
  const words = text.split(/(?<=\s)/);
  return lang === 'ja' ? words.flatMap((word) => phrases('ja', word)) : words;
}

function longestStart(line: string, size: number, room: number): number {
  let end = 0;
  for (const letter of line) {
    if (end > 0 && width(line.slice(0, end + letter.length), size) > room) break;
    end += letter.length;
  }
  return end;
}
