/** What the person is told once it was answered whether a password is needed again, in keys. */
import type { AgainStep } from '../../bindings/AgainStep';
import type { AgainTold } from '../../bindings/AgainTold';

type Told = { title: string; now: string | null; lines: string[] };

/** How it stands with a password that is needed again, and where one is set: nowhere before nothing would change it. */
export const standing: Record<Exclude<AgainStep, 'not_needed' | 'not_known'>, string[]> = {
  no_roll: ['pe-again-if-known', 'pe-password-reset'],
  not_on_roll: ['pe-again-if-known', 'pe-password-reset'],
  leaving: ['pe-again-leaving'],
  left: ['pe-again-left', 'pe-password-reset'],
  not_left: ['pe-again-not-left'],
};

export function againLines({ step, phone_works, owed }: AgainTold): Told {
  const phone = phone_works ? 'pe-again-phone' : 'pe-again-phone-later';
  const unchanged = ['pe-again-unchanged', ...(owed ? ['pe-again-owed'] : [])];
  if (step === 'not_needed') return { title: 'pe-again-not-needed-title', now: null, lines: [...unchanged, phone] };
  if (step === 'not_known')
    return { title: 'pe-again-not-known-title', now: null, lines: ['pe-again-not-known', ...unchanged] };
  const [now, ...where] = standing[step];
  return { title: 'pe-again-title', now: now ?? null, lines: [...where, 'pe-again-none-here', phone] };
}
