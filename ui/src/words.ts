/** All wording: Fluent files built into the page, looked up by language and key. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Lang } from './bindings/Lang';
import type { Message } from './bindings/Message';
import type { PhoneOs } from './bindings/PhoneOs';
import type { SiteFile } from './bindings/SiteFile';
import type { Words } from './bindings/Words';
import { file, packFile, screenFiles, takeIn } from './files';
import { carriesReadings, folders, langTag, nearest, phoneLanguage, region, showsReadings } from './languages';
import { held } from './phrases';
import { bare } from './readings';

export type Args = Record<string, string | number>;

/** What went wrong while looking words up; tests want it empty. */
export const missing: string[] = [];

const bundles = new Map<string, FluentBundle>();

/** Takes in the site's words. */
export function adopt(files: SiteFile[]): void {
  if (takeIn(files)) bundles.clear();
}

/** A text of the screens, in the language of a pane, without readings: for attributes and for the ear. */
export function word(lang: Lang, key: string, args: Args = {}): string {
  return bare(markedWord(lang, key, args));
}

/** The same with its readings, to be drawn by `Phrase`. */
export function markedWord(lang: Lang, key: string, args: Args = {}): string {
  return lookup(`screens ${lang}`, lang, key, args);
}

/** A message the machine sends, with its readings. */
export function message(lang: Lang, sent: Message): string {
  return markedWord(lang, sent.key, known(lang, sent.args));
}

/** A sentence of a walk-through, in the language it is read in, without readings. */
export function packWord(pack: string, lang: Lang, key: string, args: Args = {}): string {
  return bare(markedPackWord(pack, lang, key, args));
}

/** The same with its readings, to be drawn by `Phrase`. */
export function markedPackWord(pack: string, lang: Lang, key: string, args: Args = {}): string {
  return lookup(`pack ${pack} ${lang}`, lang, key, args);
}

/** Whether a walk-through has this optional sentence. */
export function packHas(pack: string, lang: Lang, key: string): boolean {
  return bundle(`pack ${pack} ${lang}`, lang).hasMessage(key);
}

/** What the phone itself shows, in the phone's language; never stretched, for it names what is really there. */
export function packLabel(pack: string, phoneLang: Lang, os: PhoneOs, key: string): string {
  const lang = phoneLanguage(phoneLang);
  return lookup(`labels ${pack} ${lang}`, lang, key, { os });
}

/**
 * The same to be drawn by `Phrase`: with its readings, where whoever reads has some and it is this very label that is
 * written there.
 */
export function markedPackLabel(pack: string, lang: Lang, phoneLang: Lang, os: PhoneOs, key: string): string {
  const label = packLabel(pack, phoneLang, os, key);
  const known = [`label-${key}-${os}`, `label-${key}`].find(
    (each) => packHas(pack, lang, each) && packWord(pack, lang, each) === label,
  );
  return known === undefined ? label : markedPackWord(pack, lang, known);
}

/** What a language is called in another one; where that has no word for it, what it calls itself. */
export function languageName(lang: Lang, named: Lang): string {
  const key = `language-${named}`;
  return word(bundle(`screens ${lang}`, lang).hasMessage(key) ? lang : named, key);
}

/**
 * A text the site wrote in its configuration, in the nearest language it is written in; with readings where the site
 * wrote some and they are drawn. Nothing else reads what is in `Words`.
 */
export function siteWord(lang: Lang, words: Words): string {
  const written: Partial<Record<string, string>> = words;
  const from = nearest(lang, (folder) => written[folder] !== undefined) ?? Object.keys(written)[0] ?? '';
  const text = written[from] ?? '';
  if (lang === 'pseudo') return bracket(stretch(text));
  return carriesReadings(from) && !showsReadings(lang) ? bare(text) : text;
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
  return new Intl.DateTimeFormat(region(lang), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(sameDay ? {} : { month: 'short', day: 'numeric' }),
  }).format(moment);
}

/** A day as it stands in a list of what was registered long ago. */
export function day(lang: Lang, unixMs: number): string {
  const parts = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  return new Intl.DateTimeFormat(region(lang), parts).format(new Date(unixMs));
}

/** A number with one digit after the point at most. */
export function amount(lang: Lang, value: number): string {
  return new Intl.NumberFormat(region(lang), { maximumFractionDigits: 1 }).format(value);
}

/** What is put into a message; a moment is shown as the clock here shows it. */
function known(lang: Lang, args: Message['args']): Args {
  const shown: Args = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined) continue;
    if (name.endsWith('_unix_ms') && typeof value === 'number') shown[name] = timeOfDay(lang, value);
    else shown[name] = name === 'role' ? roleName(lang, String(value)) : value;
  }
  return shown;
}

/** A role of the directory by the name it has in this language's admin centre; one nobody knows keeps its own. */
function roleName(lang: Lang, role: string): string {
  const key = `role-${role.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  return bundle(`screens ${lang}`, lang).hasMessage(key) ? word(lang, key) : role;
}

/** Texts that run from right to left, set apart so that the sentence around them keeps its order, as `<bdi>` does. */
function isolated(args: Args): Args {
  const apart = (value: string | number) =>
    typeof value === 'string' &&
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(value)
      ? `\u2068${value}\u2069`
      : value;
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, apart(value)]));
}

function lookup(name: string, lang: Lang, key: string, args: Args): string {
  const from = bundle(name, lang);
  const found = from.getMessage(key);
  if (!found?.value) {
    missing.push(`${name}: ${key}`);
    return `[${key}]`;
  }
  const errors: Error[] = [];
  const text = from.formatPattern(found.value, isolated(args) as Record<string, FluentVariable>, errors);
  for (const error of errors) missing.push(`${name}: ${key}: ${error.message}`);
  if (lang === 'pseudo') return bracket(text);
  // What a phone shows is never changed.
  return langTag(lang) === 'ja' && !name.startsWith('labels') ? held(text) : text;
}

function bundle(name: string, lang: Lang): FluentBundle {
  const ready = bundles.get(name);
  if (ready) return ready;
  const made = new FluentBundle(region(lang), {
    // Both languages run left to right: isolating marks would only disturb what is read back from the page. A text
    // that runs the other way gets its own, see `isolated`.
    useIsolating: false,
    ...(lang === 'pseudo' ? { transform: stretch } : {}),
  });
  for (const text of texts(name, lang)) {
    for (const error of made.addResource(new FluentResource(text), { allowOverrides: true }))
      missing.push(`${name}: ${error.message}`);
  }
  bundles.set(name, made);
  return made;
}

/** The files of a language from the most general to the most particular; a later one has the last word. */
function texts(name: string, lang: Lang): string[] {
  const [kind, pack = ''] = name.split(' ');
  const found = folders(lang).flatMap((folder) => {
    if (kind === 'screens') return screenFiles(folder);
    if (kind === 'labels') return ['shared', pack].map((from) => packFile(from, `labels.${folder}.ftl`));
    return ['shared', pack].map(
      (from) => packFile(from, `messages.${folder}.ftl`) || file(`locales/${folder}/packs/${from}.ftl`),
    );
  });
  if (found.every((text) => text === '')) missing.push(`${name}: no file`);
  return found;
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
