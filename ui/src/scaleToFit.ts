/** Text that would have to be scrolled is set smaller, as far as it stays readable: `--fit` says by how much. */
import type { Attachment } from 'svelte/attachments';

const STEP = 0.04;
/** What was chosen as large never gets smaller than normal: then it scrolls. */
const LEAST = 0.9;

export const scaleToFit: Attachment<HTMLElement> = (part) => {
  if (typeof ResizeObserver === 'undefined') return;
  const measure = () => {
    const chosen = Number(getComputedStyle(part).getPropertyValue('--size')) || 1;
    const floor = LEAST / chosen;
    for (let size = 1; ; size -= STEP) {
      part.style.setProperty('--fit', size.toFixed(2));
      if (part.scrollHeight <= part.clientHeight + 1 || size - STEP < floor) return;
    }
  };
  const sizes = new ResizeObserver(measure);
  const watch = () => {
    sizes.disconnect();
    sizes.observe(part);
    for (const child of part.children) sizes.observe(child);
    measure();
  };
  const content = new MutationObserver(watch);
  content.observe(part, { childList: true, subtree: true });
  watch();
  return () => {
    sizes.disconnect();
    content.disconnect();
  };
};
