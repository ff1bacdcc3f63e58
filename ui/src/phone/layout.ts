/** Places a row's elements on the phone: the top bar, the page between the bars, or a panel over it. */
import type { Element } from '../bindings/Element';
import type { Frame } from '../bindings/Frame';
import type { PhoneScreen } from '../bindings/PhoneScreen';
import { block, type DrawingArea } from './blocks';
import { width } from './measure';
import type { Block, Box, Drawing, Piece } from './pieces';

/** The glass of the phone, in the picture's units. */
export const GLASS = { x: 14, y: 14, w: 332, h: 712 };

const TOP = 62;
const BAR = 54;
const MIDDLE = GLASS.x + GLASS.w / 2;

/** The lowest place a page may reach, above the system's own bar. */
export function floor(os: DrawingArea['os']): number {
  return os === 'ios' ? 698 : 672;
}

/** A row's screen with every piece in its place. */
export function layout(screen: PhoneScreen, given: Omit<DrawingArea, 'frame' | 'x' | 'w'>): Drawing {
  const area: DrawingArea = { ...given, frame: screen.frame, x: 34, w: 292 };
  if (screen.frame === 'sheet' || screen.frame === 'dialog') return panel(screen, area);
  const head = heads[screen.frame](screen.elements, area);
  const body = stack(screen.elements, area, head.bottom, floor(area.os) - 10);
  return { pieces: [...head.pieces, ...body.pieces], ring: head.ring ?? body.ring };
}

type Head = { pieces: Piece[]; ring: Box | null; bottom: number };

const heads: Record<Exclude<Frame, 'sheet' | 'dialog'>, (elements: Element[], area: DrawingArea) => Head> = {
  app: appHead,
  settings: appHead,
  web: webHead,
  camera: cameraHead,
  lock: lockHead,
};

/** The app's own bar: its title, the way back or out, and + at its right end. */
function appHead(elements: Element[], area: DrawingArea): Head {
  const bar = elements.find((element) => element.kind === 'app_bar');
  const plus = elements.find((element) => element.kind === 'plus');
  const pieces: Piece[] = [];
  let ring: Box | null = null;
  if (bar) {
    const y = TOP + BAR / 2;
    const lead = bar.icon === null ? 0 : 40;
    const centre = area.os === 'ios';
    const title = area.text(bar.text ?? '');
    const size = Math.min(20, Math.floor(236 / Math.max(1, width(title, 1))));
    if (bar.icon !== null) {
      const name = bar.icon === 'back' && centre ? 'chevron' : bar.icon;
      pieces.push({ is: 'symbol', name, x: 42, y, size: 26, ink: 'act' });
      ring = closing(elements, y);
    }
    pieces.push({
      is: 'text', x: centre ? MIDDLE : 32 + lead, y: y + 7, size, step: 24,
      anchor: centre ? 'middle' : 'start', bold: true, ink: 'ink', lines: [title],
    }); // prettier-ignore
    pieces.push({ is: 'rule', x: GLASS.x, y: TOP + BAR, w: GLASS.w, strong: false });
  }
  if (plus) {
    const y = TOP + BAR / 2;
    pieces.push({ is: 'symbol', name: 'plus', x: 310, y, size: 32, ink: 'act' });
    if (plus.target) ring = { x: 290, y: y - 20, w: 40, h: 40, r: 20 };
  }
  return { pieces, ring, bottom: bar ? TOP + BAR + 20 : TOP + 12 };
}

/** The top of a sign-in page: a way to close it, and where the organisation's own mark would stand. */
function webHead(elements: Element[]): Head {
  const pieces: Piece[] = [
    { is: 'symbol', name: 'close', x: 42, y: TOP + 22, size: 24, ink: 'soft' },
    { is: 'rule', x: GLASS.x, y: TOP + 46, w: GLASS.w, strong: false },
    { is: 'box', style: 'disc', x: 34, y: TOP + 70, w: 28, h: 28, r: 8 },
    { is: 'box', style: 'disc', x: 72, y: TOP + 78, w: 92, h: 12, r: 6 },
  ];
  return { pieces, ring: closing(elements, TOP + 22), bottom: TOP + 124 };
}

/** The camera's page: only a way to close it. */
function cameraHead(elements: Element[]): Head {
  const y = TOP + 34;
  const pieces: Piece[] = [{ is: 'symbol', name: 'close', x: 46, y, size: 28, ink: 'paper' }];
  return { pieces, ring: closing(elements, y, 46), bottom: TOP + 70 };
}

/** The locked phone: a large time. */
function lockHead(): Head {
  const pieces: Piece[] = [
    { is: 'text', x: MIDDLE, y: TOP + 96, size: 76, step: 80, anchor: 'middle', bold: true, ink: 'paper', lines: ['10:10'] },
  ]; // prettier-ignore
  return { pieces, ring: null, bottom: TOP + 150 };
}

/** The ring round the way out of a page, where that is what to tap. */
function closing(elements: Element[], y: number, x = 42): Box | null {
  const target = elements.some((element) => element.kind === 'close' && element.target);
  return target ? { x: x - 17, y: y - 17, w: 34, h: 34, r: 17 } : null;
}

/** A panel over the app: from the bottom on iOS, in the middle on Android; a dialog stands in the middle on both. */
function panel(screen: PhoneScreen, area: DrawingArea): Drawing {
  const ios = area.os === 'ios' && screen.frame === 'sheet';
  const frame: Box = { x: ios ? 22 : 32, y: 0, w: ios ? 316 : 296, h: 0, r: ios ? 22 : 26 };
  const inner: DrawingArea = { ...area, x: frame.x + 20, w: frame.w - 40 };
  const tall = screen.elements.reduce((sum, element) => sum + block(element, inner).height, 0);
  frame.h = tall + 40;
  frame.y = ios ? floor('ios') - frame.h - 4 : GLASS.y + (GLASS.h - frame.h) / 2;
  const body = stack(screen.elements, inner, frame.y + 26, frame.y + frame.h);
  const behind: Piece[] = [
    { is: 'rule', x: GLASS.x, y: TOP + BAR, w: GLASS.w, strong: false },
    ...[0, 1, 2].map((at): Piece => ({ is: 'box', style: 'card', x: 34, y: 150 + at * 76, w: 292, h: 64, r: 12 })),
    { is: 'box', style: 'veil', x: GLASS.x, y: GLASS.y, w: GLASS.w, h: GLASS.h, r: area.os === 'ios' ? 44 : 30 },
    { is: 'box', style: 'panel', ...frame },
  ];
  return { pieces: [...behind, ...body.pieces], ring: body.ring };
}

/** Blocks from top to bottom; springs share what height is left. */
function stack(elements: Element[], area: DrawingArea, top: number, bottom: number): Drawing {
  const blocks: Block[] = elements.map((element) => block(element, area));
  const used = blocks.reduce((sum, each) => sum + each.height, 0);
  const springs = blocks.filter((each) => each.spring).length;
  // A button at the end belongs to the very foot; anything else keeps height below it, too.
  const below = elements.at(-1)?.kind.startsWith('button') ? 0 : 1.4;
  const share = springs === 0 ? 0 : Math.max(0, bottom - top - used) / (springs + below);
  const drawing: Drawing = { pieces: [], ring: null };
  let y = top;
  for (const each of blocks) {
    const placed = each.place(y);
    drawing.pieces.push(...placed.pieces);
    if (each.ring) drawing.ring = placed.box;
    y += each.spring ? share : each.height;
  }
  return drawing;
}
