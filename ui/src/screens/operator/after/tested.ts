/** What the sign-in test showed, and what becomes of the password, in keys: the same on the last screen as before it. */
import type { PasswordFate } from '../../../bindings/PasswordFate';
import type { StaysBecause } from '../../../bindings/StaysBecause';
import type { TestCause } from '../../../bindings/TestCause';

const dashed = (name: string) => name.replaceAll('_', '-');

export const causeKey = (why: TestCause) => `op-cause-${dashed(why)}`;

/** What became of it, and who must act where anybody must. */
export function fateKey(fate: PasswordFate): string {
  if (fate.password === 'on_roll') return fate.read_back ? 'op-password-on-roll' : 'op-password-on-roll-unseen';
  if (fate.password === 'changed') return changedKey(fate.roll, fate.read_back);
  if (fate.password === 'unclear') return 'op-password-unclear';
  return staysKey(fate.because);
}

function changedKey(roll: boolean | null, readBack: boolean): string {
  if (roll === null) return readBack ? 'op-password-changed' : 'op-password-changed-unseen';
  return roll ? 'op-password-changed-roll' : 'op-password-changed-roll-unseen';
}

function staysKey(because: StaysBecause): string {
  return because.why === 'never' ? `op-never-${dashed(because.reason)}` : `op-stays-${dashed(because.why)}`;
}
