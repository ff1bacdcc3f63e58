/**
 * Developer's page behind `cargo xtask sheet`: every row and every other screen of every walk-through, on both systems
 * and in every way to read, one at a time. `sheet.list` names them, `sheet.show(n)` puts one on the page.
 */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '../styles/theme.css';
import '../styles/base.css';
import { mount } from 'svelte';
import App from '../App.svelte';
import type { Backend } from '../backend';
import type { Lang } from '../bindings/Lang';
import type { PersonRow } from '../bindings/PersonRow';
import type { PersonView } from '../bindings/PersonView';
import type { PhoneOs } from '../bindings/PhoneOs';
import type { PhoneShows } from '../bindings/PhoneShows';
import { personView } from '../fixtures';
import { detours, otherScreens, packRows, packs, way } from '../fixtures/packRows';
import { builtInLanguages, phoneLanguage } from '../languages';
import { packLabel, packWord } from '../words';

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
  /** Everything written on the phone. */
  labels: string[];
  row: PersonRow;
  shows: PhoneShows;
};

const systems: PhoneOs[] = ['ios', 'android'];

const list: Entry[] = packs.flatMap(({ id }) =>
  systems.flatMap((os) => builtInLanguages().flatMap((lang) => [...rows(id, os, lang), ...others(id, os, lang)])),
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
    list: list.map(({ pack, name, os, lang, title, tap, unverified, labels }) => ({ pack, name, os, lang, title, tap, unverified, labels })), // prettier-ignore
    show,
    magnify,
    alone,
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
      entry(row, lang, name, name, screen.tap, {
        shows: 'other',
        screen,
        back_to: back.back_to,
        back_to_number,
        way: way(pack, row.id, back),
      }),
    ];
  });
}

function entry(row: PersonRow, lang: Lang, name: string, words: string, tap: string | null, shows: PhoneShows): Entry {
  const { pack, phone_os: os } = row;
  const phone = phoneLanguage(lang);
  const label = tap === null ? null : packLabel(pack, phone, os, tap);
  const unverified = tap !== null && packs.some((each) => each.id === pack && each.unverified[phone]?.includes(tap));
  const { elements } = shows.shows === 'other' ? shows.screen.phone : row.phone;
  const labels = elements.flatMap(({ text }) => (text === null ? [] : [packLabel(pack, phone, os, text)]));
  return { pack, name, os, lang, title: packWord(pack, lang, `${words}-title`, { os }), tap: label, unverified, labels, row, shows }; // prettier-ignore
}

/**
 * Draws the phone at twice its size over the page, for a reader of pictures. A symbol to tap has no words on it: then
 * the label beside the phone is drawn instead. `without` leaves the label out. Says where the label stands.
 */
function magnify(label: string | null, without = false): string {
  document.querySelector('[data-magnified]')?.remove();
  const pane = document.querySelector('[data-pane]');
  const phone = pane?.querySelector('svg[data-phone]');
  if (label === null || !pane || !phone) return 'no phone';
  const { width, height } = phone.getBoundingClientRect();
  const over = document.createElement('div');
  over.dataset.magnified = '';
  over.style.cssText = 'position: fixed; inset: 0; z-index: 9; overflow: hidden; background: #fff;';
  // Twice the size is more than the page is tall: its upper and its lower part side by side, with an overlap.
  for (const top of [0, Math.min(0, innerHeight - 2 * height)]) {
    const copy = phone.cloneNode(true) as SVGElement;
    const left = top === 0 ? 0 : 2 * width;
    copy.style.cssText = `position: absolute; left: ${left}px; top: ${top}px; width: ${2 * width}px; height: ${2 * height}px;`;
    over.append(copy);
    if (2 * height <= innerHeight) break;
  }
  pane.append(over);
  const holding = () =>
    [...over.querySelectorAll('text')].filter((part) => squeezed(part).includes(label.replace(/\s/g, '')));
  const light = holding().some((part) => part.classList.contains('paper'));
  const inside = control(phone, (2 * height) / 740, light);
  if (inside) over.append(inside);
  const drawn = holding();
  if (drawn.length > 0) {
    if (without) for (const part of drawn) part.remove();
    return 'the phone';
  }
  const beside = pane.querySelector('[data-tap]')?.cloneNode(true) as HTMLElement | undefined;
  if (beside && !without) {
    beside.style.cssText = 'position: absolute; top: 2rem; right: 2rem; font-size: 2.5rem; background: #fff;';
    over.append(beside);
  }
  return beside ? 'the label beside a symbol' : 'nothing';
}

/** Leaves nothing but the control by itself: readers of pictures pass over two letters among larger things. */
function alone(): void {
  for (const copy of document.querySelectorAll<HTMLElement>('[data-magnified] > :not([data-control])')) copy.remove();
}

/** The control inside the ring by itself, dark on light: readers of pictures pass over words in a frame. */
function control(phone: Element, scale: number, light: boolean): SVGElement | null {
  const ring = phone.querySelector('[data-target]');
  if (!ring) return null;
  const [x = 0, y = 0, w = 0, h = 0] = ['x', 'y', 'width', 'height'].map((name) => Number(ring.getAttribute(name)));
  const copy = phone.cloneNode(true) as SVGElement;
  for (const part of copy.querySelectorAll('.ring, .halo')) part.remove();
  copy.dataset.control = '';
  copy.setAttribute('viewBox', `${x + 12} ${y + 12} ${w - 24} ${h - 24}`);
  copy.style.cssText = `position: absolute; right: 2rem; bottom: 2rem; width: ${scale * (w - 24)}px; height: ${scale * (h - 24)}px; filter: ${light ? 'invert(1) grayscale(1) contrast(3)' : 'none'};`;
  return copy;
}

function squeezed(part: Element): string {
  return (part.textContent ?? '').replace(/\s/g, '');
}
