/** How wide text runs on a drawn phone, by a table: a picture must come out the same before any font is loaded. */
import type { Lang } from '../bindings/Lang';
import { phrases } from '../phrases';

// Hundredths of an em in the bold cut of BIZ UDPGothic, from ` ` to `~`; the plain cut is never wider.
const ascii = [
  33, 37, 52, 94, 80, 100, 91, 32, 50, 51, 50, 84, 33, 48, 33, 50, 76, 63, 76, 76, 76, 76, 76, 76, 76, 76, 34, 34, 84,
  84, 84, 80, 98, 78, 77, 81, 85, 70, 67, 86, 84, 44, 56, 76, 61, 100, 84, 88, 76, 90, 76, 73, 70, 86, 76, 100, 82, 74,
  75, 55, 50, 55, 50, 31, 50, 66, 73, 64, 73, 69, 51, 67, 72, 32, 40, 66, 36, 96, 72, 70, 73, 73, 49, 59, 49, 72, 60,
  90, 62, 64, 58, 54, 44, 54, 50,
];

const closing = /^[?!、。）」』・.…]/;

/** The width of a text in units of the drawing. */
export function width(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += em(letter);
  return ems * size;
}

/** A text in lines no wider than `maxWidth`, broken between phrases or words, and inside them only where one alone is too wide. */
export function wrap(lang: Lang, text: string, size: number, maxWidth: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts(lang, text)) {
    if (width((line + part).trimEnd(), size) <= maxWidth) {
      line += part;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trim());
    line = part;
    while (width(line.trimEnd(), size) > maxWidth) {
      const cut = longestStart(line, size, maxWidth);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

/** A sign-in name in lines: whole if it fits at this size or somewhat smaller, else with a new line before its `@`. */
export function fitName(
  name: string,
  size: number,
  least: number,
  maxWidth: number,
): { lines: string[]; size: number } {
  if (name === '') return { lines: [], size };
  const at = name.lastIndexOf('@');
  const halves = at > 0 ? [name.slice(0, at), name.slice(at)] : [name];
  for (const lines of [[name], halves]) {
    const widest = Math.max(...lines.map((line) => width(line, 1)));
    const fitting = Math.min(size, Math.floor(maxWidth / widest));
    if (fitting >= least) return { lines, size: fitting };
  }
  return { lines: halves.flatMap((half) => wrap('en', half, least, maxWidth)), size: least };
}

function em(letter: string): number {
  const hundredths = ascii[(letter.codePointAt(0) ?? 0) - 32];
  return hundredths === undefined ? 1 : hundredths / 100;
}

function parts(lang: Lang, text: string): string[] {
  const words = text.split(/(?<=\s)/);
  if (lang !== 'ja') return words;
  const cut = words.flatMap((word) => phrases('ja', word));
  // No line begins with a mark that closes what stands before it.
  return cut.reduce<string[]>((kept, part) => {
    if (closing.test(part) && kept.length > 0) kept[kept.length - 1] += part;
    else kept.push(part);
    return kept;
  }, []);
}

function longestStart(line: string, size: number, maxWidth: number): number {
  let end = 0;
  for (const letter of line) {
    if (end > 0 && width(line.slice(0, end + letter.length), size) > maxWidth) break;
    end += letter.length;
  }
  return end > 1 && closing.test(line.slice(end)) ? end - 1 : end;
}
