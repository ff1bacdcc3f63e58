/** All languages say the same things with the same arguments; easy Japanese has a reading for every character. */
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { bare, readings } from '../src/readings';
import type { Lang } from '../src/bindings/Lang';
import { langTag, operatorLanguages, phoneLanguage, phoneLanguages, readingLanguages, region } from '../src/languages';
import { adopt, clock, languageName, markedWord, message, missing, packHas, packLabel, packWord, siteWord, timeOfDay, word } from '../src/words'; // prettier-ignore
import { phrases } from '../src/phrases';

const files = {
  ...import.meta.glob<string>('../locales/**/*.ftl', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../packs/*/*.ftl', { query: '?raw', import: 'default', eager: true }),
};

/** Message keys with the names of their variables. */
function keys(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const message of new FluentResource(text).body) {
    const names = new Set<string>();
    collect(message, names);
    found[message.id] = [...names].sort();
  }
  return found;
}

function collect(part: unknown, names: Set<string>): void {
  if (Array.isArray(part)) part.forEach((inner) => collect(inner, names));
  else if (typeof part === 'object' && part !== null) {
    const node = part as Record<string, unknown>;
    if (node.type === 'var') names.add(String(node.name));
    Object.values(node).forEach((inner) => collect(inner, names));
  }
}

/** `locales/xx/file.ftl` and `packs/p/file.xx.ftl` as language and file. */
function split(path: string): { lang: string; file: string } {
  const [, lang = '', file = ''] =
    /locales\/(\w+)\/(.+)\.ftl$/.exec(path) ??
    /packs\/.+\.(\w+)\.ftl$/.exec(path)?.concat(path.replace(/\.\w+\.ftl$/, '')) ??
    [];
  return { lang, file };
}

const texts = Object.entries(files).map(([path, text]) => ({ ...split(path), path, text }));
const english = texts.filter(({ lang }) => lang === 'en');
const others = operatorLanguages().filter((lang) => lang !== 'en');
/** Languages somebody added: each folder below `locales` that is not built in. They say what a person reads. */
const further = readingLanguages().filter((lang) => !['ja', 'ja_easy', 'en'].includes(lang));

/** What only the operator reads, and what no drawn phone shows, needs no easy Japanese. */
const operators =
  /^(op|health|role|warn|method|note|policy|check|may-issue|stage|state|kind|pass-end|support)-|^(lock|department|employee-id|mail|methods|trouble-unknown)$/;

describe('parity', () => {
  test('there are languages and files to compare', () => {
    expect(english.length).toBeGreaterThanOrEqual(3);
    expect(texts.filter(({ lang }) => lang === 'ja').length).toBeGreaterThanOrEqual(3);
  });

  /** The words of walk-throughs lie beside them only in the languages of phones; see below for the others. */
  const beside = (lang: Lang, file: string) => !file.includes('packs/') || phoneLanguages().includes(lang);

  test.each(
    others.flatMap((lang) =>
      english.filter(({ file }) => beside(lang, file)).map((at) => ({ lang, file: at.file, text: at.text })),
    ),
  )('$lang $file', ({ lang, file, text }) => {
    const found = texts.find((at) => at.lang === lang && at.file === file);
    // Each language says what it calls itself, whether English has a name for it or not.
    const named = file === 'screens' ? { [`language-${lang}`]: [] } : {};
    expect(keys(found?.text ?? '')).toEqual({ ...keys(text), ...named });
  });

  test.each(english.filter(({ file }) => !/labels$|troubles$/.test(file)))('easy Japanese: $file', ({ file, text }) => {
    const found = keys(texts.find((at) => at.lang === 'ja_easy' && at.file === file)?.text ?? '');
    const asked = Object.entries(keys(text)).filter(([key]) => !operators.test(key));
    expect(Object.keys(found)).toEqual(expect.arrayContaining(asked.map(([key]) => key)));
    const known = keys(text);
    for (const [key, names] of Object.entries(found)) {
      // A sentence may do without an argument, but knows no other.
      for (const name of names) expect(known[key], `${file} ${key}`).toContain(name);
    }
  });

  test.each(texts.filter(({ lang }) => lang === 'ja_easy'))(
    '$path: every Chinese character has its reading',
    ({ text }) => {
      for (const line of text.split('\n')) {
        if (line.startsWith('#')) continue;
        const unread = readings(line)
          .filter((piece) => piece.reading === null && /[\p{Script=Han}々《》]/u.test(piece.text))
          .map((piece) => piece.text);
        expect(unread, line).toEqual([]);
        for (const piece of readings(line)) expect(piece.reading ?? 'あ').toMatch(/^[\p{Script=Hiragana}ー]+$/u);
      }
    },
  );

  test('no file repeats a key of its own or of another of its language', () => {
    for (const lang of ['ja', 'ja_easy', 'en']) {
      const seen = new Set<string>();
      for (const [path, text] of Object.entries(files)) {
        if (!path.includes(`/locales/${lang}/`)) continue;
        for (const line of text.split('\n')) {
          const key = /^([a-z][\w-]*) =/.exec(line)?.[1];
          if (key === undefined) continue;
          expect(seen.has(key), `${path}: ${key}`).toBe(false);
          seen.add(key);
        }
      }
    }
  });
});

/** What a person reads on the screens, and with which arguments: the keys of easy Japanese as English has them. */
const forThePerson = Object.fromEntries(
  ['screens', 'words'].flatMap((file) => {
    const easy = keys(files[`../locales/ja_easy/${file}.ftl`] ?? '');
    return Object.entries(keys(files[`../locales/en/${file}.ftl`] ?? '')).filter(([key]) => key in easy);
  }),
);

/** The keys a language's own files lack, and arguments nobody knows; its folder is all that counts. */
function lacking(lang: string, own: Record<string, string>): string[] {
  const said = (inside: RegExp) =>
    Object.assign({}, ...Object.entries(own).filter(([path]) => inside.test(path)).map(([, text]) => keys(text))) as ReturnType<typeof keys>; // prettier-ignore
  const wanted: [string, Record<string, string[]>, Record<string, string[]>][] = [
    ['screens', { ...forThePerson, [`language-${lang}`]: [] }, said(new RegExp(`locales/${lang}/[^/]+$`))],
    ...['shared', 'walkthrough-a', 'walkthrough-b', 'walkthrough-c'].map(
      (pack): [string, Record<string, string[]>, Record<string, string[]>] => [
        pack,
        keys(files[`../packs/${pack}/messages.en.ftl`] ?? ''),
        // A walk-through may be said in the file they share.
        { ...said(new RegExp(`locales/${lang}/packs/(shared|${pack}).ftl$`)), ...said(new RegExp(`packs/${pack}/messages.${lang}.ftl$`)) },
      ], // prettier-ignore
    ),
  ];
  return wanted.flatMap(([where, all, found]) => [
    ...Object.keys(all).filter((key) => !(key in found)).map((key) => `${where}: ${key}`),
    ...Object.entries(found).flatMap(([key, names]) =>
      // What only the operator reads may be there as well.
      (key in all ? names.filter((name) => !all[key]?.includes(name)) : []).map((name) => `${where}: ${key}: $${name}`),
    ),
  ]); // prettier-ignore
}

describe('a further language is one folder', () => {
  test('those that are here say everything', () => {
    for (const lang of further) expect(lacking(lang, files), lang).toEqual([]);
  });

  /** English under another name, as somebody would begin a language. */
  function begun(lang: string): Record<string, string> {
    const of = (path: string) => files[`../${path}`] ?? '';
    return {
      [`locales/${lang}/screens.ftl`]: `${of('locales/en/screens.ftl')}\nlanguage-${lang} = Tiếng Việt\n`,
      [`locales/${lang}/words.ftl`]: of('locales/en/words.ftl').replace(
        /^privacy-lead = .*$/m,
        'privacy-lead = Riêng tư',
      ),
      ...Object.fromEntries(
        ['shared', 'walkthrough-a', 'walkthrough-b', 'walkthrough-c'].map((pack) => [
          `locales/${lang}/packs/${pack}.ftl`,
          of(`packs/${pack}/messages.en.ftl`),
        ]),
      ),
      [`locales/${lang}/packs/walkthrough-a.ftl`]: of('packs/walkthrough-a/messages.en.ftl').replace(
        /^a1-title = .*$/m,
        'a1-title = Thêm tài khoản',
      ),
    };
  }

  test('it is offered, named in itself, and read; missing keys are found', () => {
    const vi = 'vi' as Lang;
    const own = begun('vi');
    expect(readingLanguages()).not.toContain(vi);
    adopt(Object.entries(own).map(([path, text]) => ({ path, text })));
    expect(readingLanguages()).toEqual(['ja', 'ja_easy', 'en', ...further, 'vi'].sort(byPlace));
    expect(word(vi, 'language-vi')).toBe('Tiếng Việt');
    expect(packWord('walkthrough-a', vi, 'a1-title')).toBe('Thêm tài khoản');
    expect(packLabel('walkthrough-a', vi, 'ios', 'next')).toBe('Next');
    expect([langTag(vi), region(vi)]).toEqual(['vi', 'vi']);
    expect(missing).toEqual([]);

    expect(lacking('vi', own)).toEqual([]);
    const without = (path: string, key: string) => ({
      ...own,
      [path]: (own[path] ?? '').replace(new RegExp(`^${key} = .*$`, 'm'), ''),
    });
    expect(lacking('vi', without('locales/vi/packs/walkthrough-b.ftl', 'b5-say'))).toEqual(['walkthrough-b: b5-say']);
    const { 'locales/vi/packs/walkthrough-b.ftl': b = '', 'locales/vi/packs/shared.ftl': common = '', ...rest } = own;
    const together = { ...rest, 'locales/vi/packs/shared.ftl': common + b };
    expect(lacking('vi', together)).toEqual([]);
    adopt(Object.entries(together).map(([path, text]) => ({ path, text })));
    expect(packWord('walkthrough-b', vi, 'b1-title')).toBe(packWord('walkthrough-b', 'en', 'b1-title'));
    expect(missing).toEqual([]);
    expect(lacking('vi', without('locales/vi/screens.ftl', 'language-vi'))).toEqual(['screens: language-vi']);
    expect(lacking('vi', without('locales/vi/screens.ftl', 'pe-next'))).toEqual(['screens: pe-next']);
    adopt([]);
    expect(readingLanguages()).not.toContain(vi);
  });

  const order = ['ja', 'ja_easy', 'en'];
  function byPlace(a: string, b: string): number {
    const place = (lang: string) => (order.includes(lang) ? order.indexOf(lang) : order.length);
    return place(a) - place(b) || (a < b ? -1 : 1);
  }
});

test('a pack the site ships stands for the whole built-in one', () => {
  adopt([
    { path: 'packs/walkthrough-a/messages.en.ftl', text: 'a1-title = Start here\na1-say = Tap “{ $label }”.\n' },
    { path: 'packs/walkthrough-a/labels.en.ftl', text: 'next = Go\n' },
  ]);
  expect(packWord('walkthrough-a', 'en', 'a1-title')).toBe('Start here');
  expect(packHas('walkthrough-a', 'en', 'a1-more')).toBe(false);
  expect(packLabel('walkthrough-a', 'en', 'ios', 'next')).toBe('Go');
  expect(packLabel('walkthrough-a', 'en', 'ios', 'sign-in')).toBe('Sign in');
  expect(packWord('walkthrough-b', 'en', 'b1-title')).toBe('Your account in the app');
  adopt([]);
  expect(packHas('walkthrough-a', 'en', 'a1-more')).toBe(true);
  expect(missing).toEqual([]);
});

test('a missing key shows itself and is counted', () => {
  expect(word('ja', 'no-such-key')).toBe('[no-such-key]');
  expect(missing).toEqual(['screens ja: no-such-key']);
  missing.length = 0;
});

test('a role of the directory has the name it bears in the admin centre, and an unknown one its own', () => {
  const said = (lang: Lang, role: string) => message(lang, { key: 'trouble-person-protected', args: { role } });
  expect(said('ja', 'Global Administrator')).toContain('「グローバル管理者」');
  expect(said('en', 'Global Administrator')).toContain('Global Administrator');
  expect(said('ja', 'Keeper of Keys')).toContain('「Keeper of Keys」');
});

test('the pseudo-language is longer, bracketed and made from English', () => {
  const plain = word('en', 'op-welcome-lead');
  const strange = word('pseudo', 'op-welcome-lead');
  expect(strange.startsWith('[!! ')).toBe(true);
  expect(strange.length).toBeGreaterThan(plain.length * 1.25);
  expect(word('pseudo', 'help-line', { number: '0776-20-3660' })).toContain('0776-20-3660');
  expect(siteWord('pseudo', { ja: '窓口', en: 'Desk' })).toBe('[!! Déésk !!]');
});

test('the operator and a phone have what is there for them', () => {
  const own = further.filter((lang) => !operatorLanguages().includes(lang));
  expect(operatorLanguages()).toEqual(readingLanguages().filter((lang) => lang !== 'ja_easy' && !own.includes(lang)));
  expect(phoneLanguages().slice(0, 2)).toEqual(['ja', 'en']);
  expect(['ja', 'ja_easy', 'en', 'pseudo', 'vi'].map(phoneLanguage)).toEqual(['ja', 'ja', 'en', 'en', 'en']);
});

test('a text of the site is taken from the nearest language it is written in', () => {
  const words = { ja: '窓口《まどぐち》', en: 'Desk' };
  expect([siteWord('ja', words), siteWord('ja_easy', words)]).toEqual(['窓口', '窓口《まどぐち》']);
  expect([siteWord('en', words), siteWord('ko', words)]).toEqual(['Desk', 'Desk']);
  expect(siteWord('ko', { ...words, ko: '창구' } as typeof words)).toBe('창구');
});

test('a language without a name in another one is called what it calls itself', () => {
  expect([languageName('ja', 'en'), languageName('en', 'ja')]).toEqual([
    word('ja', 'language-en'),
    word('en', 'language-ja'),
  ]);
  adopt([{ path: 'locales/vi/screens.ftl', text: 'language-vi = Tiếng Việt\n' }]);
  expect(languageName('ja', 'vi')).toBe('Tiếng Việt');
  adopt([]);
});

test('Japanese breaks between phrases and loses nothing', () => {
  const text = 'サインインすると、この画面で進められます。';
  expect(phrases('ja', text).length).toBeGreaterThan(1);
  expect(phrases('ja', text).join('')).toBe(text);
  expect(phrases('en', 'Sign in')).toEqual(['Sign in']);
});

test('readings', () => {
  expect(readings('次《つぎ》へ 行《い》く')).toEqual([
    { text: '次', reading: 'つぎ' },
    { text: 'へ ', reading: null },
    { text: '行', reading: 'い' },
    { text: 'く', reading: null },
  ]);
  expect(readings('読み')).toEqual([{ text: '読み', reading: null }]);
  expect(bare('もう一度《いちど》 見《み》る')).toBe('もう一度 見る');
  expect(word('ja_easy', 'pe-pass-reveal')).toBe('パスを 見る');
  expect(markedWord('ja_easy', 'pe-pass-reveal')).toBe('パスを 見《み》る');
});

test('clocks', () => {
  expect(clock(1_680)).toBe('28:00');
  expect(clock(9)).toBe('0:09');
  expect(clock(-3)).toBe('0:00');
  const noon = new Date(2026, 10, 22, 12, 5).getTime();
  expect(timeOfDay('ja', noon, noon)).toBe('12:05');
  expect(timeOfDay('en', noon, noon + 86_400_000)).toContain('22');
});
