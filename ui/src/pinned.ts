/**
 * What is pressed stays in sight at the foot of a screen, however much there is to read above it. What comes below everything
 * else, such as a message, stands above the foot, and what is scrolled to ends there: `--foot` says how tall it is.
 */
import type { Attachment } from 'svelte/attachments';

export const pinned: Attachment<HTMLElement> = (foot) => sayHeight(foot, '--foot');

/** And so is what is told above it: `--told`. */
export const told: Attachment<HTMLElement> = (news) => sayHeight(news, '--told');

function sayHeight(part: HTMLElement, name: string) {
  const screen = part.closest<HTMLElement>('[data-scrolls]');
  if (!screen || typeof ResizeObserver === 'undefined') return;
  const sizes = new ResizeObserver(() => screen.style.setProperty(name, `${part.offsetHeight}px`));
  sizes.observe(part);
  return () => {
    sizes.disconnect();
    screen.style.removeProperty(name);
  };
}
