/**
 * Room for what has to be read, which is never set smaller than it was chosen: first the codes give way, then the drawn
 * phone gets smaller, then what is below it gets the whole width, then what can be done without goes, the drawn phone last;
 * only then it scrolls. `--code` and `--phone` say by how much, `data-less` what has gone, `data-flat` that a code's words
 * stand beside it.
 */
import type { Attachment } from 'svelte/attachments';

interface Room {
  code: number;
  phone: number;
  /** The pass, or whatever is large, stands below phone and words instead of beside the phone. */
  across: boolean;
  /** What has gone: help that is not the instruction, and then the drawn phone as well. */
  less?: 'help' | 'phone';
  /** What is written under a code stands beside it. */
  flat?: boolean;
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
  { code: 0.45, phone: 0.3, across: true, less: 'help' },
  { code: 0.45, phone: 0.3, across: true, less: 'phone' },
];
/** Codes stand beside the phone: under it they would be as far away as what is scrolled to. */
const roomsForCodes: Room[] = [...beside, ...small.map((phone) => ({ code: 0.45, phone, across: false }))];
/** While somebody waits there is no phone yet, only the codes and the words round them; an address to type goes last. */
const roomsForWaiting: Room[] = [
  ...codes.slice(0, 3).map((code) => ({ code, phone: 1, across: false })),
  ...codes.slice(1, 4).map((code) => ({ code, phone: 1, across: false, flat: true })),
  ...codes.slice(2, 4).map((code) => ({ code, phone: 1, across: false, flat: true, less: 'help' as const })),
];

/** What room can be made in this part. */
function roomsOf(part: HTMLElement): Room[] {
  if (part.querySelector('[data-waiting]')) return roomsForWaiting;
  return part.querySelector('[data-qr]') ? roomsForCodes : rooms;
}

/** Measures one after the other without a frame of rest between them, after which the least room that was needed stays. */
const RESTLESS = 8;

function take(part: HTMLElement, { code, phone, across, less, flat }: Room): void {
  // A pass in sight stands above the words as soon as these have the whole width: it is never what is scrolled to.
  const pass = part.querySelector('[data-glyph]') !== null;
  part.style.setProperty('--code', String(code));
  part.style.setProperty('--phone', String(phone));
  part.toggleAttribute('data-across', across);
  part.toggleAttribute('data-flat', flat === true);
  part.toggleAttribute('data-first', pass && less !== undefined);
  if (less) part.dataset.less = less;
  else delete part.dataset.less;
}

function fits(part: HTMLElement, room: Room): boolean {
  take(part, room);
  return part.scrollHeight <= part.clientHeight + 1 && part.scrollWidth <= part.clientWidth + 1;
}

/** Rooms that differ in how small something is alone stand together. */
const alike = (one: Room, other: Room | undefined) =>
  one.across === other?.across && one.less === other.less && one.flat === other.flat;

/**
 * The first that is enough, or the last. Each that is tried lays out the page, which answers nobody meanwhile: what was
 * enough before is asked first, and of those that stand together the smallest.
 */
function fitting(part: HTMLElement, all: Room[], before: number): number {
  const [room, better] = [all[before], all[before - 1]];
  if (room && !(better && fits(part, better)) && fits(part, room)) return before;
  let from = 0;
  for (const [at, smallest] of all.entries()) {
    if (alike(smallest, all[at + 1])) continue;
    if (fits(part, smallest)) return largest(part, all, from, at);
    from = at + 1;
  }
  return all.length - 1;
}

/** The first of these that is enough, of which the last is. */
function largest(part: HTMLElement, all: Room[], from: number, to: number): number {
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const room = all[middle];
    if (room && fits(part, room)) to = middle;
    else from = middle + 1;
  }
  const room = all[to];
  if (room) take(part, room);
  return to;
}

/** What runs down every second needs no other room. */
const runsDown = ({ target }: MutationRecord) =>
  (target instanceof Element ? target : target.parentElement)?.closest('[role="timer"], [data-seconds]') != null;

export const makeRoom: Attachment<HTMLElement> = (part) => {
  if (typeof ResizeObserver === 'undefined') return;
  let streak = 0;
  let least = 0;
  let before = 0;
  const rested = (at: number) => {
    if (at === streak) streak = least = 0;
  };
  const measure = () => {
    const all = roomsOf(part);
    streak += 1;
    const at = streak;
    requestAnimationFrame(() => requestAnimationFrame(() => rested(at)));
    const last = all[Math.min(least, all.length - 1)];
    // What it makes changes what it measures: without an end the page would do nothing else.
    if (streak > RESTLESS && last) take(part, last);
    else least = Math.max(least, (before = fitting(part, all, before)));
  };
  const sizes = new ResizeObserver(measure);
  const watch = (changes?: MutationRecord[]) => {
    if (changes?.every(runsDown)) return;
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
