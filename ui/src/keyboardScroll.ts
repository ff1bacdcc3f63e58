/** A part of the page that has to be scrolled can be scrolled by the keyboard; one that fits is no stop on its way. */
import type { Attachment } from 'svelte/attachments';

export const keyboardScroll: Attachment<HTMLElement> = (part) => {
  if (typeof ResizeObserver === 'undefined') return;
  const look = () => {
    if (part.scrollHeight > part.clientHeight + 1) part.tabIndex = 0;
    else part.removeAttribute('tabindex');
  };
  const sizes = new ResizeObserver(look);
  const watch = () => {
    sizes.disconnect();
    sizes.observe(part);
    for (const child of part.children) sizes.observe(child);
    look();
  };
  const children = new MutationObserver(watch);
  children.observe(part, { childList: true });
  watch();
  return () => {
    sizes.disconnect();
    children.disconnect();
  };
};
