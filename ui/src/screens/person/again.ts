/** What the person is told once it was answered whether a password is needed again, in keys. */
import type { AgainStep } from '../../bindings/AgainStep';

type Told = { title: string; now: string | null; lines: string[] };

const needed = (now: string | null): Told => ({
  title: 'pe-again-title',
  now,
  lines: ['pe-password-reset', 'pe-again-none-here', 'pe-again-phone'],
});

const told: Record<AgainStep, Told> = {
  not_needed: { title: 'pe-again-not-needed-title', now: null, lines: ['pe-again-unchanged', 'pe-again-phone'] },
  not_known: { title: 'pe-again-not-known-title', now: null, lines: ['pe-again-not-known', 'pe-again-unchanged'] },
  no_roll: needed(null),
  not_on_roll: needed(null),
  leaving: needed('pe-again-leaving'),
  left: needed('pe-again-left'),
  not_left: needed('pe-again-not-left'),
};

export const againLines = (step: AgainStep): Told => told[step];
