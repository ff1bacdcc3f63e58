/** Where a line may break in what a directory says. */
import { expect, test } from 'vitest';
import { phrases } from '../src/phrases';

/** The engine takes these for as wide as all of it: a name in them would push a screen sideways. */
const shaped = { Arabic: 'ب', Hebrew: 'א', Thai: 'ก', Devanagari: 'क', 'a family': '👩‍👩‍👧', 'marked Arabic': 'بّ' };

test.each(Object.entries(shaped))('a long run of %s may break inside, between letters only (T13)', (_, letter) => {
  const name = letter.repeat(256);
  for (const lang of ['ja', 'en'] as const) {
    const pieces = phrases(lang, name);
    expect(pieces.join('')).toBe(name);
    for (const piece of pieces) {
      expect(piece).toMatch(new RegExp(`^(${letter}){1,8}$`, 'u'));
    }
  }
});

test('words that a language has are in one piece', () => {
  for (const text of [
    'Hanako Yamada',
    'a-long-name-of-a-device-in-latin',
    'محمد عبد الرحمن بن عبد العزيز',
    '窓口 担当者',
  ]) {
    expect(phrases('en', text).filter((piece) => !text.split(/(?<=\s)/u).includes(piece) && piece !== text)).toEqual(
      [],
    );
  }
});
