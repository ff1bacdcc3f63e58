/** Seconds run down on the screen between two views. Nothing is decided by them but that an overdue pass goes. */
import { createSubscriber } from 'svelte/reactivity';

const ticking = createSubscriber((update) => {
  const timer = setInterval(update, 250);
  return () => clearInterval(timer);
});

/** What is left of `seconds` counted from `arrived` (`performance.now()` when the view came in). */
export function secondsLeft(seconds: number, arrived: number): number {
  ticking();
  return Math.max(0, seconds - Math.floor((performance.now() - arrived) / 1000));
}
