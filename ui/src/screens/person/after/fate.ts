/** What becomes of the password, in keys: the screen says all of it, the card the first part. */
import type { PasswordFate } from '../../../bindings/PasswordFate';
import type { StaysBecause } from '../../../bindings/StaysBecause';

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
  if (fate.password === 'stays') return stays(fate.because.why);
  if (fate.password === 'changed') return changed(fate.roll === true);
  if (fate.password === 'unclear') {
    const lines = ['pe-password-unclear', 'pe-password-no-need', 'pe-password-notice'];
    return { title: 'pe-password-unclear-title', lines, more: [], heed: null };
  }
  // That it changes by itself, and need not be changed, is said only of what was read back.
  if (!fate.read_back) {
    const lines = ['pe-password-unseen', 'pe-password-three-months', 'pe-password-forgotten'];
    return { title: 'pe-password-unseen-title', lines, more: [], heed: null };
  }
  return {
    title: 'pe-password-retire-title',
    lines: ['pe-password-changes', 'pe-password-no-three-months'],
    more: ['pe-password-nobody', 'pe-password-memo', 'pe-password-no-need'],
    heed: { apps: 'pe-password-apps', devices: 'pe-password-devices' },
  };
}

/** It was changed at the counter; that it goes on changing by itself is said only of what was read back. */
function changed(byItself: boolean): FateWords {
  const then = byItself ? ['pe-password-changes', 'pe-password-no-three-months'] : ['pe-password-notice'];
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
};

function stays(why: StaysBecause['why']): FateWords {
  return {
    title: titles[why] ?? 'pe-password-stays-title',
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
