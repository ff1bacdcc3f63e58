/** What is looked at in every screen: its structure, and words that are none. */
import axe from 'axe-core';
import { person as who } from '../src/fixtures/parts';

/**
 * What the engine's own sheet says of an element, asked once for each kind: nothing of ours is styled here, so elements
 * of one name and the same attributes look alike unless one of them or what holds it has a style of its own.
 */
const styles = new Map<string, CSSStyleDeclaration>();

function styleOf(real: typeof window.getComputedStyle, element: Element, pseudo?: string | null): CSSStyleDeclaration {
  if (pseudo || element.closest('[style]')) return real.call(window, element, pseudo);
  const own = ['hidden', 'open', 'popover', 'type', 'dir'].map((name) => element.getAttribute(name) ?? '-');
  const kind = [element.namespaceURI, element.localName, ...own].join(' ');
  const known = styles.get(kind) ?? real.call(window, element);
  styles.set(kind, known);
  return known;
}

/** axe without what needs layout: contrast and target size are looked at in the real window. */
export async function sound(container: HTMLElement): Promise<string[]> {
  const real = window.getComputedStyle;
  window.getComputedStyle = (element, pseudo) => styleOf(real, element, pseudo);
  try {
    return await violations(container.ownerDocument);
  } finally {
    window.getComputedStyle = real;
  }
}

async function violations(page: Document): Promise<string[]> {
  const result = await axe.run(page, {
    preload: false,
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } },
  });
  return result.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`,
  );
}

/** Blocks of text that are no message: in the pseudo-language every message is bracketed, and data is marked `data-verbatim`. */
export function bare(pane: Element): string[] {
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest('[data-verbatim]') || !/\p{L}/u.test(node.textContent ?? '')) continue;
    // The sentence with a label in it is drawn in pieces.
    const whole = (parent.closest('[data-say]') ?? node).textContent?.trim() ?? '';
    if (!whole.startsWith('[!!') || !whole.endsWith('!!]')) found.push(whole);
  }
  for (const element of pane.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (element.closest('[data-verbatim]')) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const text = element.getAttribute(name);
      if (text !== null && !text.startsWith('[!!')) found.push(`${name}: ${text}`);
    }
  }
  return found;
}

/** Chinese characters without a reading above them. Labels of the phone and names are data, and what is only for the ear needs none. */
export function unread(pane: Element): string[] {
  const copy = pane.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll('ruby, svg, .seen-not, [data-verbatim], [data-label]')) part.remove();
  const spoken = [...pane.querySelectorAll('[aria-label]')].map((part) => part.getAttribute('aria-label') ?? '');
  const left = (copy.textContent ?? '').replaceAll(who.name, '').match(/[^\s]*[\p{Script=Han}《》][^\s]*/gu) ?? [];
  return [...left, ...spoken.filter((text) => /[《》]/.test(text))];
}

/** Marks of readings that are drawn as they were written, or said. */
export function marks(pane: Element): string[] {
  const attributes = [...pane.querySelectorAll('*')].flatMap((part) => [...part.attributes].map(({ value }) => value));
  return [pane.textContent ?? '', ...attributes].filter((text) => /[《》]/.test(text));
}
