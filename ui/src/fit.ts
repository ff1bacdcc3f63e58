/** Text that would have to be scrolled is set smaller, down to a floor: `--fit` says by how much. */
import type { Attachment } from 'svelte/attachments';

const STEP = 0.04;
const FLOOR = 0.5;

export const fit: Attachment<HTMLElement> = (part) => {
  if (typeof ResizeObserver === 'undefined') return;
  const measure = () => {
    for (let size = 1; ; size -= STEP) {
      part.style.setProperty('--fit', size.toFixed(2));
      if (part.scrollHeight <= part.clientHeight + 1 || size - STEP < FLOOR) return;
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
