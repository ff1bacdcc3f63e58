/** What becomes of the password, in keys: the screen says all of it, the card the first part. */
import type { AgainStep } from '../../../bindings/AgainStep';
import type { Afterwards } from '../../../bindings/Afterwards';
import type { PasswordFate } from '../../../bindings/PasswordFate';
import type { RegisteredKind } from '../../../bindings/RegisteredKind';
import type { StaysBecause } from '../../../bindings/StaysBecause';
import { standing } from '../again';
import type { SketchName } from '../../../widgets/Sketch.svelte';

export type FateWords = {
  title: string;
  /** What holds from now on. */
  lines: string[];
  /** What else to know, on the screen only. */
  more: string[];
  /** What to see to once the password has changed: what asks for it, and what still knows the old one. */
  heed: { apps: string; devices: string } | null;
};

export function fateWords(fate: PasswordFate): FateWords {
  if (fate.password === 'stays') return stays(fate.because);
  if (fate.password === 'changed') return changed(fate.afterwards);
  if (fate.password === 'unclear') {
    const lines = ['pe-password-unclear', 'pe-password-no-need', 'pe-password-notice'];
    return { title: 'pe-password-unclear-title', lines, more: [], heed: null };
  }
  // That it changes by itself, and need not be changed, is said only where that is known.
  if (fate.afterwards === 'as_before') {
    const first = fate.read_back ? 'pe-password-joined' : 'pe-password-unseen';
    const lines = [first, 'pe-password-three-months', 'pe-password-forgotten'];
    return { title: 'pe-password-unseen-title', lines, more: [], heed: null };
  }
  // Nobody changes it yet, and nobody has to.
  if (fate.afterwards === 'never_expires') {
    const lines = [fate.read_back ? 'pe-password-joined' : 'pe-password-unseen', 'pe-password-no-three-months'];
    const more = ['pe-password-memo', 'pe-password-no-need'];
    return { title: 'pe-password-retire-title', lines, more, heed: null };
  }
  return {
    title: 'pe-password-retire-title',
    lines: ['pe-password-changes', 'pe-password-no-three-months'],
    more: ['pe-password-nobody', 'pe-password-memo', 'pe-password-no-need'],
    heed: { apps: 'pe-password-apps', devices: 'pe-password-devices' },
  };
}

/** It was changed at the counter; that it goes on changing by itself is said only where that is known. */
function changed(afterwards: Afterwards): FateWords {
  const then = {
    by_itself: ['pe-password-changes', 'pe-password-no-three-months'],
    never_expires: ['pe-password-no-three-months'],
    as_before: ['pe-password-notice'],
  }[afterwards];
  return {
    title: 'pe-password-retire-title',
    lines: ['pe-password-changed', ...then],
    more: ['pe-password-nobody', 'pe-password-memo', 'pe-password-no-need'],
    heed: { apps: 'pe-password-apps', devices: 'pe-password-devices' },
  };
}

/** Which of them says that the password is not the one from before. */
const titles: Partial<Record<StaysBecause['why'], string>> = {
  still_used: 'pe-password-used-title',
  must_change: 'pe-password-must-change-title',
  not_known: 'pe-again-not-known-title',
  needed_again: 'pe-again-title',
};

/** Of a password that nobody knows it is said neither to remember it nor how often it is changed. */
function stays(because: StaysBecause): FateWords {
  const why = because.why;
  const title = titles[why] ?? 'pe-password-stays-title';
  if (why === 'not_known') return { title, lines: ['pe-again-not-known', 'pe-again-unchanged'], more: [], heed: null };
  if (why === 'needed_again') return { title, lines: neededAgain(because.reason), more: [], heed: null };
  return {
    title,
    lines: [
      `pe-password-stays-${why.replaceAll('_', '-')}`,
      // Not to write it down is said only to whom nothing asks for it.
      ...(why === 'off' ? ['pe-password-memo'] : []),
      'pe-password-three-months',
      'pe-password-forgotten',
    ],
    more: [],
    heed: null,
  };
}

/** A card is read later: what is on its way then is not done for whoever reads it. */
function neededAgain(step: AgainStep): string[] {
  if (step === 'not_needed' || step === 'not_known') return ['pe-again-unchanged'];
  return step === 'leaving' ? standing.not_left : standing[step];
}

const pictures: { passkey: SketchName[]; number: SketchName[] } = {
  passkey: ['choose', 'code', 'unlock'],
  number: ['name', 'number', 'typed'],
};

const wayOf = (kind: RegisteredKind | null) => (kind === 'passkey' ? 'passkey' : 'number');

/** How to sign in tomorrow, in three pictures with their words. */
export function cardSteps(kind: RegisteredKind | null): { sketch: SketchName; k: string }[] {
  const way = wayOf(kind);
  return pictures[way].map((sketch, at) => ({ sketch, k: `pe-card-${way}-${at + 1}` }));
}

/** Where passwordless sign-in does not serve, the password does: said to whoever signs in there (S12). */
export const usesPassword = (fate: PasswordFate) => fate.password === 'stays' && fate.because.why === 'still_used';

/** What to do where a password is asked for: more often once it changes by itself, and a passkey's own first step leads around it. */
export function asksFor(kind: RegisteredKind | null, fate: FateWords): string | null {
  return fate.heed?.apps ?? (wayOf(kind) === 'number' ? 'pe-card-asked' : null);
}
