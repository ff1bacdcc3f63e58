/**
 * Developer's page behind `cargo xtask sheet`: every row and every other screen of every walk-through, on both systems
 * and in every way to read, one at a time. `sheet.list` names them, `sheet.show(n)` puts one on the page.
 */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '../look/theme.css';
import '../look/base.css';
import { mount } from 'svelte';
import App from '../App.svelte';
import type { Backend } from '../backend';
import type { Lang } from '../bindings/Lang';
import type { PersonRow } from '../bindings/PersonRow';
import type { PersonView } from '../bindings/PersonView';
import type { PhoneOs } from '../bindings/PhoneOs';
import type { PhoneShows } from '../bindings/PhoneShows';
import { personView } from '../fixtures';
import { detours, otherScreens, packRows, packs } from '../fixtures/packRows';
import { packLabel, packWord, phoneLanguage } from '../words';

/** One picture: where it stands in the index, and what is to be seen on it. */
type Entry = {
  pack: string;
  /** The row, or the row with what the phone shows instead: `a3`, `a3-which`, `other-qr-scanner`. */
  name: string;
  os: PhoneOs;
  lang: Lang;
  title: string;
  /** The label to tap, as the phone names it; none where nothing is tapped. */
  tap: string | null;
  /** No public source for that label was found. */
  unverified: boolean;
  row: PersonRow;
  shows: PhoneShows;
};

const systems: PhoneOs[] = ['ios', 'android'];
const reading: Lang[] = ['ja', 'ja_easy', 'en'];

const list: Entry[] = packs.flatMap(({ id }) =>
  systems.flatMap((os) => reading.flatMap((lang) => [...rows(id, os, lang), ...others(id, os, lang)])),
);

let revision = 1;
let view: PersonView = personView('walk-a1', 'ja');
let changed: (revision: number) => void = () => {};

const backend: Backend = {
  label: 'person-1',
  operatorView: () => Promise.reject(new Error('the person has no operator view')),
  personView: () => Promise.resolve(view),
  operatorAct: () => Promise.resolve(),
  personAct: () => Promise.resolve(),
  onViewChanged: (tell) => {
    changed = tell;
    return Promise.resolve(() => {});
  },
};

Object.assign(window, {
  sheet: {
    list: list.map(({ pack, name, os, lang, title, tap, unverified }) => ({ pack, name, os, lang, title, tap, unverified })), // prettier-ignore
    show,
  },
});

const target = document.getElementById('app');
if (target) mount(App, { target, props: { backend } });

function show(at: number): void {
  const entry = list[at];
  if (!entry) return;
  document.documentElement.dataset.entry = String(at);
  const { row, shows } = entry;
  const made = personView(row.needs.includes('pass') ? 'walk-a6-hidden' : 'walk-a1', entry.lang);
  if (made.screen.screen !== 'walk') return;
  revision += 1;
  const rail = packRows(row.pack, row.phone_os, 'ja').map(({ id, number }) => ({ id, number }));
  const here = rail.findIndex(({ id }) => id === row.id);
  view = {
    ...made,
    revision,
    training: false,
    screen: {
      ...made.screen,
      row,
      phone_shows: shows,
      rail: rail.map((each, place) => ({
        ...each,
        state: place < here ? 'done' : place === here ? 'here' : 'ahead',
      })),
      may_back: here > 0,
      may_next: here < rail.length - 1,
    },
  };
  changed(revision);
}

function rows(pack: string, os: PhoneOs, lang: Lang): Entry[] {
  return packRows(pack, os, phoneLanguage(lang)).flatMap((row) => {
    const known = otherScreens(pack, os);
    const screens = detours(pack, row.id).flatMap(({ screen }) => known.filter(({ id }) => id === screen));
    const drawn = entry(row, lang, row.id, row.id, row.tap, { shows: 'row' });
    // The choice looks alike on both systems: its pictures are drawn one by one below.
    if (os === 'android') return [drawn];
    return [drawn, entry(row, lang, `${row.id}-which`, row.id, null, { shows: 'different', screens })];
  });
}

/** Each other screen once, under the first walk-through that names it. */
function others(pack: string, os: PhoneOs, lang: Lang): Entry[] {
  const earlier = packs.slice(
    0,
    packs.findIndex(({ id }) => id === pack),
  );
  const drawn = new Set(earlier.flatMap(({ other_screens }) => other_screens.map(({ id }) => id)));
  return otherScreens(pack, os).flatMap((screen) => {
    if (drawn.has(screen.id)) return [];
    const all = packRows(pack, os, phoneLanguage(lang));
    const row = all.find(({ id }) => detours(pack, id).some((detour) => detour.screen === screen.id));
    const back = detours(pack, row?.id ?? '').find((detour) => detour.screen === screen.id);
    if (!row || !back) return [];
    const back_to_number = all.find(({ id }) => id === back.back_to)?.number ?? null;
    const name = `other-${screen.id}`;
    return [
      entry(row, lang, name, name, screen.tap, { shows: 'other', screen, back_to: back.back_to, back_to_number }),
    ];
  });
}

function entry(row: PersonRow, lang: Lang, name: string, words: string, tap: string | null, shows: PhoneShows): Entry {
  const { pack, phone_os: os } = row;
  const phone = phoneLanguage(lang);
  const label = tap === null ? null : packLabel(pack, phone, os, tap);
  const unverified = tap !== null && packs.some((each) => each.id === pack && each.unverified[phone]?.includes(tap));
  return { pack, name, os, lang, title: packWord(pack, lang, `${words}-title`, { os }), tap: label, unverified, row, shows }; // prettier-ignore
}
