/** What the developer's page of sizes draws: by name, with what stands on the other side beside it. */
import type { Lang } from '../bindings/Lang';
import type { OperatorView } from '../bindings/OperatorView';
import type { PersonScreen } from '../bindings/PersonScreen';
import type { PersonView } from '../bindings/PersonView';
import type { PhoneOs } from '../bindings/PhoneOs';
import type { TextSize } from '../bindings/TextSize';
import { operatorScreens, operatorView, personScreens, personView, shown } from '../fixtures';
import { detours, otherScreens, packRows, packs, way } from '../fixtures/packRows';
import { phoneLanguage } from '../languages';
import type { Side } from './inSight';

/** Both sides in one window, or one of them in a window of its own. */
export type Form = 'one' | 'person' | 'operator';

type Walk = Extract<PersonScreen, { screen: 'walk' }>;

/** As long as passes may be, and a few between. */
const lengths = [8, 12, 16, 24, 48];
const characters = 'k7W+x2Zq9#Lm4&Tb';

/** Every name there is to draw in this form. */
export function cases(form: Form): string[] {
  const person = [
    ...Object.keys(personScreens),
    ...lengths.map((length) => `pass-${length}`),
    ...packs.flatMap(({ id }) => packRows(id, 'ios', 'ja').map((row) => `row/${id}/${row.id}`)),
    ...packs.flatMap(({ id }) => others(id).map((other) => `other/${id}/${other}`)),
  ];
  const operator = Object.keys(operatorScreens).map((name) => `op/${name}`);
  return form === 'one' ? [...person, ...operator] : form === 'person' ? person : operator;
}

/** Each other screen under the first walk-through that names it. */
function others(pack: string): string[] {
  const earlier = packs.slice(
    0,
    packs.findIndex(({ id }) => id === pack),
  );
  const drawn = new Set(earlier.flatMap(({ other_screens }) => other_screens.map(({ id }) => id)));
  return otherScreens(pack, 'ios').flatMap(({ id }) => (drawn.has(id) ? [] : [id]));
}

/** Whose size of text is chosen: the operator's on the operator's own screens. */
export function sideOf(name: string): Side {
  return name.startsWith('op/') ? 'operator' : 'person';
}

export function viewsOf(
  name: string,
  lang: Lang,
  size: TextSize,
  revision: number,
): { operator: OperatorView; person: PersonView } {
  const screen = personScreen(name, lang);
  const operators = sideOf(name) === 'operator';
  const text_size = operators ? 'normal' : size;
  const person = { ...personView('welcome', lang), ...(screen && { screen }), revision, text_size };
  const beside = operators ? name.slice(3) : board(person.screen);
  const operator = { ...operatorView(beside, lang === 'en' ? 'en' : 'ja'), revision };
  if (operators) operator.text_size = size;
  // Called by number, which stands in the bar from then on.
  if (person.screen.screen === 'checking') person.ticket = 88;
  if (operator.screen.screen === 'board' && person.screen.screen === 'walk') operator.screen.row = person.screen.row.id;
  return { operator, person };
}

/** What the operator has in front of them meanwhile. */
function board(screen: PersonScreen): string {
  if (screen.screen === 'walk') return screen.pass.state === 'shown' ? 'board-shown' : 'board-hidden';
  if (screen.screen === 'registered') return 'board-registered';
  if (screen.screen === 'checking') return 'check';
  return screen.screen === 'goodbye' ? 'receipt' : 'home';
}

function personScreen(name: string, lang: Lang): PersonScreen | null {
  const [kind, pack = '', id = ''] = name.split('/');
  // In English an Android phone, so that both systems' labels are seen.
  const os: PhoneOs = lang === 'en' ? 'android' : 'ios';
  if (kind === 'row') return walk(pack, id, os, lang);
  if (kind === 'other') return other(pack, id, os, lang);
  if (kind === 'op') return operatorScreens[pack]?.screen.screen === 'board' ? walkLike('walk-a6-hidden') : null;
  const length = /^pass-(\d+)$/.exec(name)?.[1];
  if (length === undefined) return structuredClone(personScreens[name] ?? null);
  const value = characters.repeat(4).slice(0, Number(length));
  return { ...walk('walkthrough-a', 'a6', os, lang), pass: shown(value) };
}

function walk(pack: string, id: string, os: PhoneOs, lang: Lang): Walk {
  const rows = packRows(pack, os, phoneLanguage(lang));
  const here = rows.findIndex((row) => row.id === id);
  const row = rows[here];
  if (!row) throw new Error(`no row ${id}`);
  return {
    ...walkLike(row.needs.includes('pass') ? 'walk-a6-hidden' : 'walk-a1'),
    row,
    rail: rows.map(({ id, number }, at) => ({
      id,
      number,
      state: at < here ? 'done' : at === here ? 'here' : 'ahead',
    })),
    phone_chosen: true,
    may_back: here > 0,
    may_next: here < rows.length - 1,
  };
}

function other(pack: string, id: string, os: PhoneOs, lang: Lang): Walk | null {
  const screen = otherScreens(pack, os).find((each) => each.id === id);
  const rows = packRows(pack, os, phoneLanguage(lang));
  const row = rows.find((each) => detours(pack, each.id).some((detour) => detour.screen === id));
  const back = detours(pack, row?.id ?? '').find((detour) => detour.screen === id);
  if (!screen || !row || !back) return null;
  const back_to_number = rows.find((each) => each.id === back.back_to)?.number ?? null;
  return {
    ...walk(pack, row.id, os, lang),
    phone_shows: { shows: 'other', screen, back_to: back.back_to, back_to_number, way: way(pack, row.id, back) },
  };
}

function walkLike(name: string): Walk {
  const screen = structuredClone(personScreens[name]);
  if (screen?.screen !== 'walk') throw new Error(`no walk ${name}`);
  return screen;
}
