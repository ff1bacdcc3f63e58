/** What the guides call by name is on the screens under this name. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const languages = ['ja', 'en'] as const;
type Language = (typeof languages)[number];

const guides = ['operator-guide', 'operator-card'];
const read = (path: string) => readFileSync(path, 'utf8');
const text = (lang: Language) => guides.map((name) => read(`../docs/${name}.${lang}.md`)).join('\n');

/** Every text of the screens in this language, with what is put in left open. */
function said(lang: Language): RegExp[] {
  const files = ['screens', 'words', 'troubles', 'start', 'native', 'letter', 'paper'];
  const messages = files.map((file) => read(`locales/${lang}/${file}.ftl`)).join('\n');
  const values = [...messages.matchAll(/^(?:[\w-]+ = |\s+\*?\[[^\]]+\] )(.*)$/gm)].map(([, value = '']) =>
    value.trim(),
  );
  // A name may be given without what stands in brackets after it, or as the first of two sentences. One that is only what
  // is put in would be any name at all.
  return values
    .flatMap((value) => [value, value.replace(/ ?\([^()]*\)$/, ''), value.split(/。|[;:] /)[0] ?? ''])
    .filter((value) => /\p{L}/u.test(value.replace(/\{[^}]*\}/g, '')))
    .map((value) => {
      const parts = value.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${parts.join('.+')}$`, 'u');
    });
}

/** A sentence is set in bold for its weight, and so is what stands here: it names nothing on a screen of ours. */
const weight: Record<Language, string[]> = {
  ja: [
    ...['ご本人', 'ご自分のスマホ', 'まだ終わりではない', '声に出して読み', '書き残さないように'],
    ...['その方が席に着いたのを確かめてから', '同じ担当者', 'ご本人が持ち、ご本人が操作', '尋ねません'],
    ...['本人確認をしてから', 'ほかの人が持っているかもしれないとき', 'パスキーの画面が出たとき', 'パスキーを作るとき'],
    ...['前のスマホの登録が残っているとき', '確かめる', '案内する', 'パスを渡す', '待つ', '試して終える'],
    ...['スマホがパスワードを聞く', 'パスが使えなくなった', 'スマホの画面が違う', '発行できたか分からない (T406)'],
    ...['発行できない (P207、P208)', '＋'],
  ],
  en: [
    ...['their own phone', 'it may not be the address they get mail at', 'not finished yet', 'this is the goal'],
    ...['Read the question aloud', 'Tell them not to write anything down', 'the same operator'],
    ...['with the person, who does the tapping', 'Identity first', 'Somebody else may have it', 'A passkey screen'],
    ...['Creating a passkey', 'An earlier phone is still registered', 'Find', 'Check', 'Guide', 'Hand over the pass'],
    ...['Wait', 'Try and end', 'The phone asks for a password', 'The pass no longer works'],
    ...['The phone shows something else', 'Nobody knows whether it was issued (T406)'],
    ...['It cannot be issued (P207, P208)', '+'],
  ],
};
/** Pressed on Microsoft's pages or on a phone's keyboard. */
const elsewhere: Record<Language, string[]> = {
  ja: ['今はスキップ', '代わりにアプリを使用する', '=\\\\<'],
  en: ['Skip for now', 'Use an app instead'],
};

/** What is set in bold and is no sentence. */
function bold(lang: Language): string[] {
  return [...text(lang).matchAll(/\*\*([^*]+)\*\*/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/[。.?？、]$/.test(name) && !weight[lang].includes(name));
}

/** What is in quotation marks and is pressed or chosen. */
function pressed(lang: Language): string[] {
  const ways = { ja: /「([^「」]+)」(?:を押|を選|で消|でとば)/g, en: /(?:press|choose)(?:es)? "([^"]+)"/gi };
  return [...text(lang).matchAll(ways[lang])]
    .map(([, name = '']) => name)
    .filter((name) => !elsewhere[lang].includes(name));
}

test.each(languages)('every name the guides set in bold is on the screens: %s', (lang) => {
  const known = said(lang);
  expect(known.length).toBeGreaterThan(700);
  expect(bold(lang).length).toBeGreaterThan(50);
  const unknown = bold(lang).filter((name) => !known.some((one) => one.test(name)));
  expect([...new Set(unknown)]).toEqual([]);
});

test.each(languages)('every button the guides name in quotation marks is on the screens: %s', (lang) => {
  const known = said(lang);
  const names = pressed(lang);
  expect(names.length).toBeGreaterThan(lang === 'ja' ? 10 : 1);
  expect([...new Set(names.filter((name) => !known.some((one) => one.test(name))))]).toEqual([]);
});

test.each(languages)('nothing is exempt that no guide names: %s', (lang) => {
  for (const name of [...weight[lang], ...elsewhere[lang]]) expect(text(lang)).toContain(name);
});
