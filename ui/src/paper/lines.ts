/** What is wrong with the lines of a drawn text: where they break, and whether they stay on the paper. */
import { mayNotBegin, mayNotEnd } from '../phrases';

/** Two characters stand on different lines where the second is further left and lower. */
type Spot = { letter: string; left: number; top: number; right: number; bottom: number; text: string };

/** Every line that begins or ends with what it must not, or leaves its sheet. */
export function faultsOf(sheet: HTMLElement): string[] {
  const faults: string[] = [];
  const { right } = sheet.getBoundingClientRect();
  for (const block of blocks(sheet)) {
    const spots = [...spotsOf(block)];
    spots.forEach((spot, at) => {
      if (spot.right > right + 1) faults.push(`"${spot.letter}" leaves the paper: ${spot.text}`);
      const before = spots[at - 1];
      if (!before || spot.top < before.bottom - 1 || spot.left > before.left) return;
      if (mayNotBegin(spot.letter)) faults.push(`a line begins with "${spot.letter}": ${spot.text}`);
      if (mayNotEnd(before.letter)) faults.push(`a line ends with "${before.letter}": ${before.text}`);
    });
  }
  return faults;
}

const inline = /^inline(?!-)|^ruby|^contents$/;

/** What holds text of its own; what stands in a row beside it is another one. */
function blocks(sheet: HTMLElement): Element[] {
  const texts = [...textsOf(sheet)];
  return [...new Set(texts.map((text) => block(text)))];
}

function block(text: Text): Element {
  let at = text.parentElement!;
  while (inline.test(getComputedStyle(at).display) && at.parentElement) at = at.parentElement;
  return at;
}

function* textsOf(root: Element): Generator<Text> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // Readings stand above the line, and break with what they are for.
    if (node.textContent?.trim() && !node.parentElement?.closest('rt')) yield node as Text;
  }
}

function* spotsOf(of: Element): Generator<Spot> {
  const range = document.createRange();
  for (const text of textsOf(of)) {
    if (block(text) !== of) continue;
    for (let at = 0; at < text.data.length; at += 1) {
      const letter = text.data[at]!;
      if (letter.trim() === '') continue;
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width > 0)
        yield { letter, left: box.left, top: box.top, right: box.right, bottom: box.bottom, text: text.data };
    }
  }
}
