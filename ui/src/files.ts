/** The Fluent files by their path: those built into the page, and the site's own, which come with a view. */
import type { SiteFile } from './bindings/SiteFile';

export type Files = Readonly<Record<string, string>>;

/** Every folder below `locales` is a language, whoever adds one. */
export const builtIn: Files = Object.fromEntries(
  Object.entries({
    ...import.meta.glob<string>('../locales/**/*.ftl', { query: '?raw', import: 'default', eager: true }),
    ...import.meta.glob<string>('../packs/*/*.ftl', { query: '?raw', import: 'default', eager: true }),
  }).map(([path, text]) => [path.replace('../', ''), text]),
);

let own: Files = {};

/** Takes in the site's files. False where they are the ones already here: views carry the same again and again. */
export function takeIn(files: SiteFile[]): boolean {
  const paths = Object.keys(own);
  if (paths.length === files.length && files.every(({ path, text }) => own[path] === text)) return false;
  own = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  return true;
}

/** Every path there is: first the built-in ones, then the site's. */
export function paths(): string[] {
  return [...Object.keys(builtIn), ...Object.keys(own)];
}

/** The words of a language's screens, the site's last. */
export function screenFiles(folder: string): string[] {
  const inside = new RegExp(`^locales/${folder}/[^/]+$`);
  return [builtIn, own]
    .flatMap((files) => Object.entries(files))
    .filter(([path]) => inside.test(path))
    .map(([, text]) => text);
}

/** A file of a pack. One the site ships stands for the whole built-in one: nothing of that is mixed in. */
export function packFile(pack: string, name: string): string {
  const shipped = Object.keys(own).some((path) => path.startsWith(`packs/${pack}/`));
  return (shipped ? own : builtIn)[`packs/${pack}/${name}`] ?? '';
}

export function file(path: string): string {
  return own[path] ?? builtIn[path] ?? '';
}
