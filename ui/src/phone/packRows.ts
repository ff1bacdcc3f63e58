/** The rows of a pack straight from its file, for tests and the gallery; the app itself gets rows from Rust. */
import type { Element } from '../bindings/Element';
import type { Lang } from '../bindings/Lang';
import type { PersonRow } from '../bindings/PersonRow';
import type { PhoneOs } from '../bindings/PhoneOs';

const files = import.meta.glob<string>('../../packs/*/pack.toml', { query: '?raw', import: 'default', eager: true });

/** Every row of a pack as a phone of this system and language would be shown it. */
export function packRows(pack: string, os: PhoneOs, lang: Lang): PersonRow[] {
  const text = files[`../../packs/${pack}/pack.toml`];
  if (text === undefined) throw new Error(`no pack ${pack}`);
  const blocks = text.split('[[rows]]').slice(1);
  return blocks.map((block) => row(pack, os, lang, block, blocks.length - 1));
}

/** Reads the little of TOML that our packs are written in: one value a line, one element a line. */
function row(pack: string, os: PhoneOs, lang: Lang, block: string, of: number): PersonRow {
  const values: Record<string, unknown> = {};
  const elements: Element[] = [];
  for (const line of block.split('\n')) {
    const pair = /^(\w+) = (.+)$/.exec(line);
    if (pair?.[1] && pair[2] && pair[2] !== '[') values[pair[1]] = JSON.parse(pair[2]);
    if (/^ {2}\{/.test(line)) elements.push(element(line));
  }
  const { id, demand, kind, frame } = values as Record<string, string>;
  return {
    pack,
    id: id ?? '',
    demand: demand ?? '',
    number: (values.number as number | undefined) ?? null,
    of,
    kind: kind as PersonRow['kind'],
    needs: (values.needs as PersonRow['needs'] | undefined) ?? [],
    condition: (values.condition as string | undefined) ?? null,
    tap: (values.tap as string | undefined) ?? null,
    phone: { frame: frame ?? '', elements },
    phone_os: os,
    phone_lang: lang,
  };
}

function element(line: string): Element {
  const json = line
    .trim()
    .replace(/,$/, '')
    .replace(/(\w+) = /g, '"$1": ');
  const given = JSON.parse(json) as Partial<Element> & Pick<Element, 'kind'>;
  return { text: null, detail: null, target: false, icon: null, ...given };
}
