/** The operator's own text sizes (WCAG 1.4.4): where they are chosen, what they reach, and that nothing stays behind. */
import { fireEvent } from '@testing-library/svelte';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TextSize } from '../src/bindings/TextSize';
import { operatorScreens } from '../src/fixtures';
import { word } from '../src/words';
import { act, draw, settled, Station } from './station';

const sizes: TextSize[] = ['normal', 'large', 'largest'];

test.each(['welcome', 'home', 'find', 'board-hidden'])(
  'on %s the operator chooses between three sizes',
  async (name) => {
    for (const lang of ['ja', 'en'] as const) {
      const station = new Station(name, 'welcome', lang);
      const container = await draw(station);
      const opener = act(container, 'text_sizes');
      expect(opener).toHaveAccessibleName(`${word(lang, 'text-size')}: ${word(lang, 'text-size-normal')}`);
      expect(opener).toHaveAttribute('aria-expanded', 'false');
      await fireEvent.click(opener);
      for (const size of sizes) {
        const button = act(container, `set_text_size:${size}`);
        expect(button).toHaveAccessibleName(word(lang, `text-size-${size}`));
        expect(button.textContent).toContain(word(lang, `text-size-${size}-short`));
        expect(button).toHaveAttribute('aria-pressed', String(size === 'normal'));
        await fireEvent.click(button);
      }
      await settled();
      expect(station.wanted).toEqual(sizes.map((size) => ({ want: 'set_text_size', size })));
      await fireEvent.keyDown(act(container, 'set_text_size:large'), { key: 'Escape' });
      expect(container.querySelector('[data-act^="set_text_size"]')).toBeNull();
      expect(opener).toHaveFocus();
      container.remove();
    }
  },
);

test('every screen of the operator takes each size, and the person keeps the own one', async () => {
  const station = new Station();
  const container = await draw(station);
  const kinds = new Map(Object.entries(operatorScreens).map(([name, { screen }]) => [screen.screen, name]));
  expect(kinds.size).toBeGreaterThan(15);
  for (const name of kinds.values()) {
    await station.show(name, null);
    for (const size of sizes) {
      const revision = station.operator.revision + 1;
      station.operator = { ...station.operator, text_size: size, revision };
      await station.tell(revision);
      const pane = container.querySelector('[data-pane="operator"]');
      expect(pane, name).toHaveAttribute('data-text-size', size);
      // Nobody stands beside who talks to a caller.
      if (station.operator.person_pane)
        expect(container.querySelector('[data-pane="person"]')).toHaveAttribute('data-text-size', 'normal');
    }
  }
  await settled();
});

/** Below 12 px it is a mark, and what is inside of a drawing grows with it. */
const marks = /font-size: 0\.[0-6]\d*rem/;

test('no words on the operator’s side have a size of their own', () => {
  const src = join(import.meta.dirname, '../src');
  const files = ['screens/operator', 'screens/operator/after', 'widgets'].flatMap((folder) =>
    readdirSync(join(src, folder))
      .filter((file) => file.endsWith('.svelte'))
      .map((file) => join(folder, file)),
  );
  /** How large they are stands on what is pressed to choose it, in the same place in every size. */
  const fixed = ['TextSizes.svelte'];
  const own = files
    .filter((file) => !fixed.some((name) => file.endsWith(name)))
    .flatMap((file) =>
      readFileSync(join(src, file), 'utf8')
        .split('\n')
        .filter(
          (line) => /font-size:/.test(line) && !/var\(--(t|o|head|o-head)\b/.test(line) && /\d(rem|px)/.test(line),
        )
        .filter((line) => !marks.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(own).toEqual([]);
});
