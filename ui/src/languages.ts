/** The languages there are: read from the folders, so that one more is a folder more and no code. */
import type { Lang } from './bindings/Lang';
import { builtIn, paths } from './files';

type Traits = {
  /** The folders it is written in; a later one has the last word. */
  folders: string[];
  /** The value of a `lang` attribute. */
  tag: string;
  /** With its region, for numbers, times and voices. */
  region: string;
  /** What is done with the readings its texts carry; other languages have none. */
  readings?: 'drawn' | 'left out';
};

/** Where no other language has a word, English has it. */
const last = 'en';

/** What a folder's name does not tell, in the order the languages are offered. Easy Japanese lies over Japanese. */
const known: Record<string, Traits> = {
  ja: { folders: ['ja'], tag: 'ja', region: 'ja-JP', readings: 'left out' },
  ja_easy: { folders: ['ja', 'ja_easy'], tag: 'ja', region: 'ja-JP', readings: 'drawn' },
  en: { folders: [last], tag: 'en', region: 'en-GB' },
  pseudo: { folders: [last], tag: 'en-x-pseudo', region: 'en-GB' },
};

function traits(lang: Lang): Traits {
  return known[lang] ?? { folders: [last, lang], tag: lang, region: lang };
}

/** The languages a person may read in: each folder below `locales`, the site's own as well. */
export function readingLanguages(): Lang[] {
  return inOrder(paths(), /^locales\/([^/]+)\//);
}

/** Those of them that every station has. */
export function builtInLanguages(): Lang[] {
  return inOrder(Object.keys(builtIn), /^locales\/([^/]+)\//);
}

/** The languages the operator may work in: the folders that tell of troubles, too. */
export function operatorLanguages(): Lang[] {
  return inOrder(Object.keys(builtIn), /^locales\/([^/]+)\/troubles\.ftl$/);
}

/** The languages a phone may be set to: those its labels are known in. */
export function phoneLanguages(): Lang[] {
  return inOrder(Object.keys(builtIn), /^packs\/shared\/labels\.([^.]+)\.ftl$/);
}

/** Those that every station has, then each further one in its alphabetical place. */
function inOrder(from: string[], named: RegExp): Lang[] {
  const found = new Set(from.flatMap((path) => named.exec(path)?.[1] ?? []));
  const first = Object.keys(known).filter((lang) => found.delete(lang));
  return [...first, ...[...found].sort()];
}

/** The language of a phone: a phone is set to a language, not to a way of writing it. */
export function phoneLanguage(lang: Lang): Lang {
  const labelled = phoneLanguages();
  return nearest(lang, (folder) => labelled.includes(folder)) ?? last;
}

/** The folders a language is written in, from the most general to the most particular. */
export function folders(lang: Lang): string[] {
  return traits(lang).folders;
}

/** The folder with the last word on a language, among those that will do. */
export function nearest(lang: Lang, suits: (folder: string) => boolean): string | undefined {
  return [...folders(lang)].reverse().find(suits);
}

export function langTag(lang: Lang): string {
  return traits(lang).tag;
}

export function region(lang: Lang): string {
  return traits(lang).region;
}

/** Whether readings are drawn over the characters. */
export function showsReadings(lang: Lang): boolean {
  return traits(lang).readings === 'drawn';
}

/** Whether texts written in it have readings beside their characters. */
export function carriesReadings(lang: Lang): boolean {
  return traits(lang).readings !== undefined;
}
