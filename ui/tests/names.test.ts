/** Whoever speaks to a computer says what stands on a button: its name holds what is seen on it (WCAG 2.5.3). */
import { expect, test } from 'vitest';
import type { Lang } from '../src/bindings/Lang';
import { builtInLanguages } from '../src/languages';
import { word } from '../src/words';

const controls = ['text-size-normal', 'text-size-large', 'text-size-largest', 'high-contrast', 'read-aloud'];
const pairs = builtInLanguages().flatMap((lang: Lang) => [
  ...controls.map((name) => [lang, name, `${name}-short`] as const),
  [lang, 'read-aloud-none', 'read-aloud-short'] as const,
]);

test.each(pairs)('in %s the name %s holds its caption', (lang, name, caption) => {
  expect(word(lang, name).toLowerCase()).toContain(word(lang, caption).toLowerCase());
});
