/**
 * Tells whose side was touched. The station counts how long nobody was there; a key that only repeats and a pointer
 * that only moves are nobody.
 */

/** One report in this time says enough. */
const REPORT_EVERY_MS = 5_000;
/** A key that is held repeats sooner than this; one whose release was missed counts again after it. */
const HELD_MS = 1_500;

/** For a pane: reports what is touched in it, and keeps a key that is stuck from pressing anything. */
export function touches(report: () => void): (pane: HTMLElement) => () => void {
  return (pane) => {
    let reported = -Infinity;
    const held = new Map<string, number>();

    function touched(event: Event): void {
      if (event.timeStamp - reported < REPORT_EVERY_MS) return;
      reported = event.timeStamp;
      report();
    }

    function pressed(event: KeyboardEvent): void {
      const since = held.get(event.code);
      held.set(event.code, event.timeStamp);
      const repeats = event.repeat || (since !== undefined && event.timeStamp - since < HELD_MS);
      if (!repeats) touched(event);
      else if (presses(event)) event.preventDefault();
    }

    function released(event: KeyboardEvent): void {
      held.delete(event.code);
    }

    const early = { capture: true, passive: true };
    pane.addEventListener('pointerdown', touched, early);
    pane.addEventListener('wheel', touched, early);
    pane.addEventListener('keydown', pressed, { capture: true });
    // What was pressed may be gone before the key comes up: that is heard wherever it happens.
    pane.ownerDocument.addEventListener('keyup', released, early);
    return () => {
      pane.removeEventListener('pointerdown', touched, early);
      pane.removeEventListener('wheel', touched, early);
      pane.removeEventListener('keydown', pressed, { capture: true });
      pane.ownerDocument.removeEventListener('keyup', released, early);
    };
  };
}

/** Whether the key presses a button or sends a form where it stands. */
function presses(event: KeyboardEvent): boolean {
  const at = event.target;
  if (event.key === 'Enter') return !(at instanceof HTMLTextAreaElement);
  return (
    event.key === ' ' && !(at instanceof HTMLInputElement && at.type === 'text') && !(at instanceof HTMLTextAreaElement)
  );
}
