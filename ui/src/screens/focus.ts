/** When a pane's screen changes, the keyboard goes to the new screen's heading, unless it is at work in the other pane. */

let lastPane: Element | null = null;

if (typeof document !== 'undefined') {
  document.addEventListener('focusin', (event) => {
    lastPane = (event.target as Element).closest('[data-pane]');
  });
}

/** Moves focus to the screen's `[data-focus]`, if this pane had it or nothing had. */
export function focusScreen(pane: HTMLElement): void {
  const active = document.activeElement;
  const free = active === null || active === document.body || !active.isConnected;
  if (free ? lastPane !== null && lastPane !== pane && lastPane.isConnected : !pane.contains(active)) return;
  pane.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Moves the keyboard to the other side of one window, unless a question is to be answered first. */
export function crossOver(event: KeyboardEvent): void {
  if (event.key !== 'F6' || document.querySelector('dialog[open]')) return;
  const sides = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
  const other = sides.find((side) => side !== lastPane && !side.contains(document.activeElement));
  if (sides.length < 2 || !other) return;
  event.preventDefault();
  other.querySelector<HTMLElement>('[data-focus]')?.focus();
}
