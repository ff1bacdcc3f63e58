/** All wording: Fluent files built into the page, looked up by language and key. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Lang } from './bindings/Lang';
import type { Message } from './bindings/Message';
import type { PhoneOs } from './bindings/PhoneOs';
import type { Words } from './bindings/Words';

export type Args = Record<string, string | number>;

/** What went wrong while looking words up; tests want it empty. */
export const missing: string[] = [];

const screenFiles = import.meta.glob<string>('../locales/*/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const packFiles = import.meta.glob<string>('../packs/*/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const bundles = new Map<string, FluentBundle>();

/** A text of the screens, in the language of a pane. */
export function word(lang: Lang, key: string, args: Args = {}): string {
  return look(`screens ${lang}`, lang, key, args);
}

/** A message the machine sends. */
export function message(lang: Lang, sent: Message): string {
  return word(lang, sent.key, numbersAndTexts(sent.args));
}

/** A sentence of a walk-through, in the language it is read in. */
export function packWord(pack: string, lang: Lang, key: string, args: Args = {}): string {
  return look(`pack ${pack} ${lang}`, lang, key, args);
}

/** Whether a walk-through has this optional sentence. */
export function packHas(pack: string, lang: Lang, key: string): boolean {
  return bundle(`pack ${pack} ${lang}`, lang).hasMessage(key);
}

/** What the phone itself shows, in the phone's language; never stretched, for it names what is really there. */
export function packLabel(pack: string, phoneLang: Lang, os: PhoneOs, key: string): string {
  const lang = phoneLang === 'pseudo' ? 'en' : phoneLang;
  return look(`labels ${pack} ${lang}`, lang, key, { os });
}

/** A text the site wrote in its configuration. */
export function siteWord(lang: Lang, words: Words): string {
  if (lang === 'ja') return words.ja;
  return lang === 'en' ? words.en : bracket(stretch(words.en));
}

/** Seconds as minutes and seconds, the way a clock shows them. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A moment as the wall clock here shows it; with its date unless it is today. */
export function timeOfDay(lang: Lang, unixMs: number, now = Date.now()): string {
  const moment = new Date(unixMs);
  const sameDay = moment.toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(sameDay ? {} : { month: 'short', day: 'numeric' }),
  }).format(moment);
}

/** A number with one digit after the point at most. */
export function amount(lang: Lang, value: number): string {
  return new Intl.NumberFormat(lang === 'ja' ? 'ja-JP' : 'en-GB', { maximumFractionDigits: 1 }).format(value);
}

/** The value of a `lang` attribute. */
export function langTag(lang: Lang): string {
  return lang === 'pseudo' ? 'en-x-pseudo' : lang;
}

function numbersAndTexts(args: Message['args']): Args {
  const known: Args = {};
  for (const [name, value] of Object.entries(args)) if (value !== undefined) known[name] = value;
  return known;
}

function look(name: string, lang: Lang, key: string, args: Args): string {
  const from = bundle(name, lang);
  const found = from.getMessage(key);
  if (!found?.value) {
    missing.push(`${name}: ${key}`);
    return `[${key}]`;
  }
  const errors: Error[] = [];
  const text = from.formatPattern(found.value, args as Record<string, FluentVariable>, errors);
  for (const error of errors) missing.push(`${name}: ${key}: ${error.message}`);
  return lang === 'pseudo' ? bracket(text) : text;
}

function bundle(name: string, lang: Lang): FluentBundle {
  const ready = bundles.get(name);
  if (ready) return ready;
  const source = lang === 'pseudo' ? 'en' : lang;
  const made = new FluentBundle(source === 'ja' ? 'ja-JP' : 'en-GB', {
    // Both languages run left to right: isolating marks would only disturb what is read back from the page.
    useIsolating: false,
    ...(lang === 'pseudo' ? { transform: stretch } : {}),
  });
  for (const text of texts(name, source)) {
    for (const error of made.addResource(new FluentResource(text))) missing.push(`${name}: ${error.message}`);
  }
  bundles.set(name, made);
  return made;
}

function texts(name: string, lang: 'ja' | 'en'): string[] {
  const [kind, pack] = name.split(' ');
  if (kind === 'screens') {
    return Object.entries(screenFiles)
      .filter(([path]) => path.startsWith(`../locales/${lang}/`))
      .map(([, text]) => text);
  }
  const file = kind === 'labels' ? 'labels' : 'messages';
  const text = packFiles[`../packs/${pack}/${file}.${lang}.ftl`];
  if (text === undefined) missing.push(`${name}: no file`);
  return text === undefined ? [] : [text];
}

const accents: Record<string, string> = {
  a: 'áá', e: 'éé', i: 'íí', o: 'óó', u: 'úú', y: 'ý', c: 'ç', n: 'ñ', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú',
}; // prettier-ignore

/** About two fifths longer, and plainly not plain English. */
function stretch(text: string): string {
  return text.replace(/[aeiouycnAEIOU]/g, (letter) => accents[letter] ?? letter);
}

function bracket(text: string): string {
  return `[!! ${text} !!]`;
}
