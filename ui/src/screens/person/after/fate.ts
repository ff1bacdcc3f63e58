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
  // That it changes by itself, and need not be changed, is said only where that is known.
  if (fate.afterwards === 'as_before') {
    const first = fate.read_back ? 'pe-password-joined' : 'pe-password-unseen';
    const lines = [first, 'pe-password-memo', 'pe-password-three-months', 'pe-password-forgotten'];
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

function stays(why: StaysBecause['why']): FateWords {
  return {
    title: why === 'still_used' ? 'pe-password-used-title' : 'pe-password-stays-title',
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
