/** Each kind of element as a block of its own height. */
import type { Element } from '../bindings/Element';
import type { Frame } from '../bindings/Frame';
import type { Lang } from '../bindings/Lang';
import type { PhoneOs } from '../bindings/PhoneOs';
import { fitName, width, wrap } from './measure';
import type { Block, Box, Ink, Piece } from './pieces';

/** What a block needs to know of the screen it stands on. */
export type DrawingArea = {
  frame: Frame;
  os: PhoneOs;
  lang: Lang;
  x: number;
  w: number;
  /** The text behind a key. */
  text: (key: string) => string;
  signInName: string;
};

const LINE = { heading: 32, text: 26, item: 26, read: 31 };
/** What is tapped and the name that is typed: 14 pixels and more in a window of 1280 by 800. */
const READ = 26;

/** Size and step of words that are so large unless they are to be tapped. */
const set = (element: Element, size: number, step: number) =>
  element.target ? { size: READ, step: LINE.read } : { size, step };

/** The name to type, whole or in its two halves. */
const named = (area: DrawingArea, inner: number) => fitName(area.signInName, READ, READ, inner);

export function block(element: Element, area: DrawingArea): Block {
  switch (element.kind) {
    case 'heading':
      return prose(element, area, 24, LINE.heading, true);
    case 'text':
      return element.text === 'sign_in_name' ? identity(element, area) : prose(element, area, 18, LINE.text, false);
    case 'link':
      return prose(element, area, 17, LINE.text, false);
    case 'illustration':
      return illustration(element, area);
    case 'list_item':
    case 'account':
      return item(element, area);
    case 'field':
      return entry(element, area);
    case 'button':
    case 'button_secondary':
      return button(element, area);
    case 'spinner':
      return centred(96, area, (x, y) => [{ is: 'spinner', x, y, r: 32 }]);
    case 'check':
      return centred(150, area, (x, y) => [
        { is: 'box', style: 'disc-good', x: x - 56, y: y - 56, w: 112, h: 112, r: 56 },
        { is: 'symbol', name: 'tick', x, y, size: 72, ink: 'good' },
      ]);
    case 'switch':
      return item(element, area, toggle(element.icon === 'on'));
    case 'notification':
      return notification(element, area);
    case 'viewfinder':
      return viewfinder(element, area);
    case 'app_bar':
    case 'plus':
    case 'close':
      // All three belong to the top of the screen, which the layout draws.
      return empty();
    case 'spacer':
      return { ...empty(), spring: true };
  }
}

function empty(): Block {
  return { height: 0, place: (y) => ({ pieces: [], box: { x: 0, y, w: 0, h: 0, r: 0 } }) };
}

function prose(element: Element, area: DrawingArea, usual: number, lead: number, bold: boolean): Block {
  const { size, step } = set(element, usual, lead);
  const centre = area.frame !== 'web' && !(area.frame === 'sheet' && area.os === 'android' && bold);
  const indent = element.icon === null ? 0 : 34;
  const lines = wrap(area.lang, area.text(element.text ?? ''), size, area.w - indent);
  const link = element.kind === 'link';
  const widest = Math.max(0, ...lines.map((line) => width(line, size)));
  const middle = centre && indent === 0;
  const height = lines.length * step + 14;
  return {
    height,
    ring: element.target,
    place: (y) => {
      const pieces: Piece[] = [];
      if (element.icon !== null) {
        pieces.push({ is: 'symbol', name: element.icon, x: area.x + 12, y: y + step / 2, size: 24, ink: 'soft' });
      }
      const x = middle ? area.x + area.w / 2 : area.x + indent;
      const ink: Ink = link ? 'act' : bold ? 'ink' : 'soft';
      pieces.push({
        is: 'text',
        x,
        y: y + step * 0.72,
        size,
        step,
        anchor: middle ? 'middle' : 'start',
        bold,
        ink,
        lines,
        read: element.target,
      });
      const left = middle ? x - widest / 2 : area.x;
      return { pieces, box: { x: left - 4, y: y - 2, w: widest + indent + 8, h: height - 10, r: 8 } };
    },
  };
}

/** Whose sign-in this is, above the heading of a sign-in page. */
function identity(element: Element, area: DrawingArea): Block {
  const indent = element.icon === null ? 0 : 30;
  const name = named(area, area.w - indent);
  const height = name.lines.length * LINE.read + 14;
  return {
    height,
    place: (y) => {
      const pieces: Piece[] = [];
      if (element.icon !== null) {
        pieces.push({ is: 'symbol', name: element.icon, x: area.x + 10, y: y + 10, size: 22, ink: 'soft' });
      }
      pieces.push({ is: 'text', x: area.x + indent, y: y + 19, size: name.size, step: LINE.read, anchor: 'start', bold: false, ink: 'ink', lines: name.lines, read: true }); // prettier-ignore
      return { pieces, box: { x: area.x, y, w: area.w, h: height, r: 8 } };
    },
  };
}

function illustration(element: Element, area: DrawingArea): Block {
  return centred(172, area, (x, y) => [
    { is: 'box', style: 'tile', x: x - 68, y: y - 68, w: 136, h: 136, r: 68 },
    { is: 'symbol', name: element.icon ?? 'shield', x, y, size: 84, ink: 'act' },
  ]);
}

function centred(height: number, area: DrawingArea, draw: (x: number, y: number) => Piece[]): Block {
  return {
    height,
    place: (y) => ({
      pieces: draw(area.x + area.w / 2, y + height / 2),
      box: { x: area.x, y, w: area.w, h: height, r: 8 },
    }),
  };
}

/** What stands at the end of a row: as wide as it is, at a place. */
type Tail = { w: number; place: (x: number, y: number) => Piece[] };

/** A switch, on or off. */
function toggle(on: boolean): Tail {
  return {
    w: 62,
    place: (x, y) => [
      { is: 'box', style: on ? 'button' : 'off', x, y: y - 15, w: 52, h: 30, r: 15 },
      { is: 'box', style: on ? 'knob-on' : 'knob', x: on ? x + 26 : x + 4, y: y - 11, w: 22, h: 22, r: 11 },
    ],
  };
}

/** A row to tap, or an account: symbol, text, and a smaller text below. */
function item(element: Element, area: DrawingArea, tail?: Tail): Block {
  const icon = tail ? null : element.icon;
  const indent = icon === null ? 16 : 60;
  const inner = area.w - indent - 10 - (tail?.w ?? 0);
  const { size, step } = set(element, 18, LINE.item);
  const lines = wrap(area.lang, area.text(element.text ?? ''), size + 1, inner);
  const below = detail(element, area, inner);
  const words = lines.length * step + below.lines.length * below.step;
  const h = Math.max(66, words + 26);
  return {
    height: h + 18,
    ring: element.target,
    place: (y) => {
      const box: Box = { x: area.x, y, w: area.w, h, r: area.os === 'ios' ? 12 : 8 };
      const pieces: Piece[] = [{ is: 'box', style: area.frame === 'web' ? 'ghost' : 'card', ...box }];
      if (icon !== null) {
        const good = icon === 'check';
        pieces.push({
          is: 'box',
          style: good ? 'disc-good' : 'disc',
          x: area.x + 12,
          y: y + h / 2 - 20,
          w: 40,
          h: 40,
          r: 20,
        });
        pieces.push({ is: 'symbol', name: good ? 'tick' : icon, x: area.x + 30, y: y + h / 2, size: 25, ink: good ? 'good' : 'act' }); // prettier-ignore
      }
      if (tail) pieces.push(...tail.place(area.x + area.w - tail.w, y + h / 2));
      const top = y + (h - words) / 2;
      const x = area.x + indent;
      pieces.push({
        is: 'text',
        x,
        y: top + size,
        size,
        step,
        anchor: 'start',
        bold: false,
        ink: 'ink',
        lines,
        read: element.target,
      });
      if (below.lines.length > 0) {
        const under = top + lines.length * step + below.size;
        pieces.push({ is: 'text', x, y: under, size: below.size, step: below.step, anchor: 'start', bold: false, ink: 'soft', lines: below.lines, read: below.read }); // prettier-ignore
      }
      return { pieces, box };
    },
  };
}

type Detail = { lines: string[]; size: number; step: number; read: boolean };

function detail(element: Element, area: DrawingArea, inner: number): Detail {
  if (element.detail === 'sign_in_name') return { ...named(area, inner), step: LINE.read, read: true };
  const lines = element.detail === null ? [] : wrap(area.lang, area.text(element.detail), 15, inner);
  return { lines, size: 15, step: 20, read: false };
}

/** A message that lies on the locked phone, below the time. */
function notification(element: Element, area: DrawingArea): Block {
  const inner = area.w - 70;
  const { size, step } = set(element, 18, LINE.item);
  const lines = wrap(area.lang, area.text(element.text ?? ''), size, inner);
  const from = element.detail === null ? '' : area.text(element.detail);
  const h = 50 + lines.length * step;
  return {
    height: h + 16,
    ring: element.target,
    place: (y) => {
      const box: Box = { x: area.x, y, w: area.w, h, r: 18 };
      const pieces: Piece[] = [
        { is: 'box', style: 'arrived', ...box },
        { is: 'box', style: 'disc', x: area.x + 10, y: y + 12, w: 40, h: 40, r: 10 },
        { is: 'symbol', name: element.icon ?? 'phone', x: area.x + 30, y: y + 32, size: 25, ink: 'act' },
        { is: 'text', x: area.x + 60, y: y + 28, size: 15, step: 20, anchor: 'start', bold: false, ink: 'soft', lines: [from] },
        { is: 'text', x: area.x + 60, y: y + 36 + size, size, step, anchor: 'start', bold: true, ink: 'ink', lines, read: element.target },
      ]; // prettier-ignore
      return { pieces, box };
    },
  };
}

/** The frame a camera wants a code in. */
function viewfinder(element: Element, area: DrawingArea): Block {
  const side = 220;
  const lines = wrap(area.lang, area.text(element.text ?? ''), 18, area.w);
  return {
    height: side + 150 + lines.length * LINE.text,
    place: (y) => {
      const x = area.x + (area.w - side) / 2;
      const top = y + 90;
      const end = [x + side, top + side] as const;
      const d =
        `M${x} ${top + 40}V${top}H${x + 40}M${end[0] - 40} ${top}H${end[0]}V${top + 40}` +
        `M${end[0]} ${end[1] - 40}V${end[1]}H${end[0] - 40}M${x + 40} ${end[1]}H${x}V${end[1] - 40}`;
      const pieces: Piece[] = [
        { is: 'corners', d },
        { is: 'text', x: area.x + area.w / 2, y: end[1] + 50, size: 18, step: LINE.text, anchor: 'middle', bold: false, ink: 'paper', lines },
      ]; // prettier-ignore
      return { pieces, box: { x, y: top, w: side, h: side, r: 8 } };
    },
  };
}

/** An entry with what is to stand in it: a line under it on a web page, a round box elsewhere. */
function entry(element: Element, area: DrawingArea): Block {
  const web = area.frame === 'web';
  const indent = (web ? 6 : 16) + (element.icon === null ? 0 : 32);
  const inner = area.w - indent - 10;
  const pass = element.text === 'pass';
  const name = element.text === 'sign_in_name';
  const value = pass
    ? { lines: ['●●●●●●●●'], size: 16 }
    : name
      ? named(area, inner)
      : { lines: wrap(area.lang, area.text(element.text ?? ''), 17, inner), size: 17 };
  const step = name ? LINE.read : 24;
  const h = 30 + Math.max(1, value.lines.length) * step;
  return {
    height: h + 20,
    ring: element.target,
    place: (y) => {
      const box: Box = { x: area.x, y, w: area.w, h, r: web ? 3 : h / 2 };
      const pieces: Piece[] = [{ is: 'box', style: 'entry', ...box }];
      if (web) pieces.push({ is: 'rule', x: area.x, y: y + h, w: area.w, strong: true });
      if (element.icon !== null) {
        pieces.push({ is: 'symbol', name: element.icon, x: area.x + 28, y: y + h / 2, size: 22, ink: 'soft' });
      }
      pieces.push({ is: 'text', x: area.x + indent, y: y + (name ? 38 : 33), size: value.size, step, anchor: 'start', bold: false, ink: 'ink', lines: value.lines, read: name }); // prettier-ignore
      return { pieces, box };
    },
  };
}

function button(element: Element, area: DrawingArea): Block {
  const web = area.frame === 'web';
  const second = element.kind === 'button_secondary';
  const label = area.text(element.text ?? '');
  const { size, step } = set(element, 20, 24);
  const w = web ? Math.min(area.w, Math.max(144, width(label, size) + 48)) : area.w;
  const lines = wrap(area.lang, label, size, w - 20);
  const h = 32 + lines.length * step;
  const above = web ? 18 : 8;
  return {
    height: above + h + 16,
    ring: element.target,
    place: (from) => {
      const y = from + above;
      const x = web ? area.x + area.w - w : area.x;
      const box: Box = { x, y, w, h, r: web ? 3 : area.os === 'ios' ? 14 : h / 2 };
      const pieces: Piece[] = [
        { is: 'box', style: second ? 'button-second' : 'button', ...box },
        { is: 'text', x: x + w / 2, y: y + 15 + size, size, step, anchor: 'middle', bold: true, ink: second ? 'act' : 'paper', lines, read: element.target },
      ]; // prettier-ignore
      return { pieces, box };
    },
  };
}
