/** What the sign-in test showed, and what becomes of the password, in keys: the same on the last screen as before it. */
import type { Afterwards } from '../../../bindings/Afterwards';
import type { PasswordFate } from '../../../bindings/PasswordFate';
import type { StaysBecause } from '../../../bindings/StaysBecause';
import type { TestCause } from '../../../bindings/TestCause';

const dashed = (name: string) => name.replaceAll('_', '-');

export const causeKey = (why: TestCause) => `op-cause-${dashed(why)}`;

const onRollKeys: Record<Afterwards, string> = {
  by_itself: 'op-password-on-roll',
  never_expires: 'op-password-never-expires',
  as_before: 'op-password-on-roll-not-running',
};

/** What became of it, and who must act where anybody must. */
export function fateKey(fate: PasswordFate): string {
  if (fate.password === 'on_roll') {
    if (!fate.read_back) return 'op-password-on-roll-unseen';
    return onRollKeys[fate.afterwards];
  }
  if (fate.password === 'changed') return changedKey(fate);
  if (fate.password === 'unclear') return 'op-password-unclear';
  return staysKey(fate.because);
}

function changedKey(fate: Extract<PasswordFate, { password: 'changed' }>): string {
  if (fate.roll === false) return 'op-password-changed-roll-unseen';
  if (!fate.read_back) return 'op-password-changed-unseen';
  if (fate.afterwards === 'as_before')
    return fate.roll === null ? 'op-password-changed-expires' : 'op-password-changed-roll-not-running';
  if (fate.roll === true) return 'op-password-changed-roll';
  return 'op-password-changed';
}

function staysKey(because: StaysBecause): string {
  if (because.why === 'never') return `op-never-${dashed(because.reason)}`;
  if (because.why === 'needed_again') return `op-stays-needed-again-${dashed(because.reason)}`;
  return `op-stays-${dashed(because.why)}`;
}
