/** Where a line may break in what a directory says. */
import { expect, test } from 'vitest';
import { held, mayNotBegin, mayNotEnd, phrases } from '../src/phrases';
import { overhang, pieces, readings } from '../src/readings';

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

test('a text with readings but no blanks may break between its phrases, and nowhere within a word', () => {
  const site = '顔《かお》、指紋《しもん》のどれでも「あります」です';
  const cut = pieces(site);
  expect(cut.map((piece) => piece.text).join('')).toBe('顔、指紋のどれでも「あります」です');
  expect(cut.filter((piece) => piece.reading !== null).map((piece) => piece.text)).toEqual(['顔', '指紋']);
  const begins = cut.filter((piece) => piece.breaks).map((piece) => piece.text);
  expect(begins.length).toBeGreaterThan(1);
  for (const begin of begins) expect(begin).not.toMatch(/^[」、。]/u);
  for (const piece of cut) if (cut[cut.indexOf(piece) + 1]?.breaks) expect(piece.text).not.toMatch(/[「(]$/u);
});

test('easy Japanese breaks at its blanks alone', () => {
  const easy = '前《まえ》に パスワードで サインインした 人《ひと》は、また 聞《き》かれることが あります。';
  expect(pieces(easy)).toEqual(readings(easy).map((piece) => ({ ...piece, breaks: false })));
});

/** The parser knows phrases, not brackets: it cut before ")" where a mark follows one. */
test('no Japanese line begins with a mark that closes or ends with one that opens', () => {
  const texts = [
    '組織が管理し SSO が働く機器 (VDI など) でのユーザー認証',
    '組織が管理しない Windows パソコンから VDI (Horizon) を起動するとき',
    '「代わりにアプリを使用する」(「通知」)を選びます。',
    '本社のサーバー、ネットワーク・プリンター(コピー機)、「Wi-Fi」など。',
    '料金は ￥100(税込)です…。「はい」「いいえ」〜のどれか、々も。',
  ];
  for (const text of texts) {
    const cut = phrases('ja', text);
    expect(cut.join('')).toBe(text);
    expect(cut.length).toBeGreaterThan(1);
    expect(cut.slice(1).filter(mayNotBegin)).toEqual([]);
    expect(cut.slice(0, -1).filter(mayNotEnd)).toEqual([]);
  }
  for (const mark of '、。，．)）」』】〉》〕］｝・：；？！ーっゃ々') expect(mayNotBegin(mark)).toBe(true);
  for (const mark of '(（「『【〈《〔［｛') expect(mayNotEnd(mark)).toBe(true);
  for (const letter of 'あ漢A1カ') expect(mayNotBegin(letter) || mayNotEnd(letter)).toBe(false);
});

test.each([
  ['サインイン名《めい》を 入力《にゅうりょく》します', [0, 2]],
  ['練習《れんしゅう》の 登録《とうろく》', [1, 0]],
  ['新《あたら》しい', [1]],
  ['志《こころざし》が', [2]],
  ['入力《にゅうりょく》中《ちゅう》', [0, 0]],
] as const)('1.3: a reading wider than its word stands over what is beside it: %s', (text, wanted) => {
  const all = readings(text);
  const over = all.map((_, at) => overhang(all, at));
  expect(over.filter((_, at) => all[at]?.reading !== null)).toEqual(wanted);
});

test('a number and what it counts stand on one line', () => {
  expect(held('再発行は残り 2 回、15 分、3 か月、iPhone 15 と 2026 年')).toBe(
    '再発行は残り 2\u00a0回、15\u00a0分、3\u00a0か月、iPhone 15 と 2026 年',
  );
  for (const piece of phrases('ja', held('本人確認は残り 45 分、再発行は残り 2 回')))
    expect(piece).not.toMatch(/^\u00a0|\u00a0$/);
});
