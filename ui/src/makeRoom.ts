/**
 * Room for what has to be read, which is never set smaller than it was chosen: first the codes give way, then the drawn
 * phone gets smaller, then what is below it gets the whole width; only then it scrolls. `--code` and `--phone` say by how much.
 */
import type { Attachment } from 'svelte/attachments';

interface Room {
  code: number;
  phone: number;
  /** The pass, or whatever is large, stands below phone and words instead of beside the phone. */
  across: boolean;
  /** The pass stands above the words: what has to be scrolled to is never the pass. */
  first?: boolean;
}

const codes = [1, 0.85, 0.7, 0.55, 0.45];
const phones = [1, 0.9, 0.8, 0.7];
const small = [0.6, 0.5, 0.4, 0.3];

/** From what is best to what takes the least height. */
const beside: Room[] = [
  ...codes.map((code) => ({ code, phone: 1, across: false })),
  ...phones.slice(1).map((phone) => ({ code: 0.45, phone, across: false })),
];
const rooms: Room[] = [
  ...beside,
  ...[...phones, ...small].map((phone) => ({ code: 0.45, phone, across: true })),
  { code: 0.45, phone: 0.3, across: true, first: true },
];
/** Codes stand beside the phone: under it they would be as far away as what is scrolled to. */
const roomsForCodes: Room[] = [...beside, ...small.map((phone) => ({ code: 0.45, phone, across: false }))];

export const makeRoom: Attachment<HTMLElement> = (part) => {
  if (typeof ResizeObserver === 'undefined') return;
  const measure = () => {
    for (const { code, phone, across, first = false } of part.querySelector('[data-qr]') ? roomsForCodes : rooms) {
      part.style.setProperty('--code', String(code));
      part.style.setProperty('--phone', String(phone));
      part.toggleAttribute('data-across', across);
      part.toggleAttribute('data-first', first);
      if (part.scrollHeight <= part.clientHeight + 1 && part.scrollWidth <= part.clientWidth + 1) break;
    }
  };
  const sizes = new ResizeObserver(measure);
  const watch = () => {
    sizes.disconnect();
    sizes.observe(part);
    for (const child of part.querySelectorAll('[data-grows]')) sizes.observe(child);
    measure();
  };
  const content = new MutationObserver(watch);
  content.observe(part, { childList: true, characterData: true, subtree: true });
  watch();
  return () => {
    sizes.disconnect();
    content.disconnect();
  };
};
