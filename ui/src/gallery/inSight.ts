/** Looks at a page that is drawn: what is cut at the side, what must be in sight and is not, how large what is read is. */

export type Looked = {
  faults: string[];
  /** Pixels of what has to be read on the side whose size is chosen, by what it is. */
  read: Record<string, number>;
};

/** What has to be read on the person's side. */
const reads: Record<string, string> = {
  instruction: '[data-say]',
  name: '[data-upn]',
  pass: '[data-glyph]',
  tap: '[data-tap]',
  status: '[data-status-line]',
};

const turned = ':has([data-act^="person:pass_part"])';
const row = `[data-text-size="normal"][data-screen="walk"] .main:not(${turned})`;

/**
 * What must be in sight without scrolling: the pass, the main button of each side, the ways out of a visit, the answers to
 * what the operator is asked, and at a row in normal text what to do, the name to type and what to tap, and all that is read
 * while waiting where the window is not the smallest. Not while a pass is turned over part by part; not what to tap below a
 * bar that has news; and not the operator's main button below a question that is answered first.
 */
const inView = [
  `${row} [data-say]`,
  `${row} [data-upn]`,
  `.window:not(:has(.bar .notices)) ${row} [data-tap]`,
  '.notices button',
  '[data-pane="person"] [data-glyph]',
  '[data-pane="person"] .button--main',
  '[data-pane="operator"]:not(:has(.notices [data-act^="pass_question"])) .button--main',
  '[data-screen="board"] [data-ends] button',
  '[data-screen="check"] [data-act="cancel"]',
  '[data-screen="signing_in"] [data-act="cancel_sign_in"]',
  '[data-screen="home"] [data-act="sign_out"]',
  '[data-screen="home"] [data-act="close_app"]',
].join();

/** The side whose text is as large as it was chosen. */
export type Side = 'operator' | 'person';

export function lookAt(page: Document, side: Side): Looked {
  const read = side === 'operator' ? smallest(page) : onThePersons(page);
  const faults = [cutAtTheSide, outOfView, tooSmall, outOfItsCard, underNews, wrapped].flatMap((look) => look(page));
  return { faults, read };
}

/** The smallest words on the operator's side that are neither a heading nor on a button, for these are short and in bold. */
function smallest(page: Document): Record<string, number> {
  const words = [...page.querySelectorAll('[data-pane="operator"] :is(.scroller, footer) *')].filter(
    (part) =>
      [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) &&
      !part.closest('svg, dialog, button, .button, h1, h2, h3, [data-verbatim], .seen-not') &&
      drawn(part),
  );
  const sizes = words.map((part) => Number.parseFloat(getComputedStyle(part).fontSize));
  return sizes.length === 0 ? {} : { smallest: Math.min(...sizes) };
}

function onThePersons(page: Document): Record<string, number> {
  const read: Record<string, number> = {};
  for (const [what, css] of Object.entries(reads)) {
    const found = page.querySelector(`[data-pane="person"] ${css}`);
    if (found && drawn(found)) read[what] = Number.parseFloat(getComputedStyle(found).fontSize);
  }
  return read;
}

function cutAtTheSide(page: Document): string[] {
  const faults: string[] = [];
  for (const part of page.querySelectorAll<HTMLElement>('body *')) {
    if (!drawn(part) || part.closest('svg, dialog:not([open]), .seen-not')) continue;
    const clips = getComputedStyle(part).overflowX !== 'visible';
    if (clips && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1)
      faults.push(`${named(part)} is ${part.scrollWidth} wide in ${part.clientWidth}`);
  }
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const part = walk.currentNode.parentElement;
    const pane = part?.closest('[data-pane]');
    if (!part || !pane || !walk.currentNode.textContent?.trim() || part.closest('svg, dialog')) continue;
    if (getComputedStyle(part).clipPath !== 'none' || part.closest('.seen-not')) continue;
    const box = pane.getBoundingClientRect();
    const range = page.createRange();
    range.selectNodeContents(walk.currentNode);
    const out = [...range.getClientRects()].find((at) => at.left < box.left - 1 || at.right > box.right + 1);
    if (out) faults.push(`${named(part)} reaches out of its side: ${short(part)}`);
    else if (pinched(part, range)) faults.push(`${named(part)} is wider than its button: ${short(part)}`);
  }
  return faults;
}

/** Pixels that what is tapped on the phone, and the name that is typed, have in the drawing at least. */
const LEGIBLE = 14;

/** In normal text, and where the phone has not given way: else the words beside it are what is read. */
function tooSmall(page: Document): string[] {
  if (innerHeight < 800) return [];
  const drawing = '[data-pane="person"][data-text-size="normal"] .main .phone [data-read]';
  return [...page.querySelectorAll<SVGTextElement>(drawing)].flatMap((part) => {
    if (part.closest<HTMLElement>('.main')?.style.getPropertyValue('--phone') !== '1') return [];
    const pixels = Number.parseFloat(getComputedStyle(part).fontSize) * (part.getScreenCTM()?.a ?? 0);
    return pixels < LEGIBLE ? [`${pixels.toFixed(1)} px on the drawn phone: ${short(part)}`] : [];
  });
}

/** The words of a button lie within it. */
function pinched(part: Element, range: Range): boolean {
  const box = part.closest('button, [data-glyph]')?.getBoundingClientRect();
  return (
    box !== undefined &&
    box.width > 1 &&
    [...range.getClientRects()].some((at) => at.left < box.left - 1 || at.right > box.right + 1)
  );
}

/** And where the window is not the smallest; what a check asks for in normal text where nothing else is told on its card. */
const inViewWithRoom = [
  inView,
  '[data-text-size="normal"] [data-waiting]',
  '[data-text-size="normal"] [data-messages] > :first-child button:not([data-act="show_names"])',
  '[data-screen="find"] [data-act="cancel"]',
  '[data-text-size="normal"][data-screen="check"]:not(:has([data-warning])) .choice',
].join();

function outOfView(page: Document): string[] {
  return [...page.querySelectorAll<HTMLElement>(innerHeight < 800 ? inView : inViewWithRoom)]
    .filter((part) => drawn(part) && !part.closest('dialog'))
    .flatMap((part) => {
      const why = hidden(part);
      return why === null ? [] : [`${named(part)} ${why}: ${short(part)}`];
    });
}

const pressed = 'button, input, select, summary';

/** What is pressed lies within the card it stands in, over none beside it. */
function outOfItsCard(page: Document): string[] {
  return [...page.querySelectorAll<HTMLElement>(`:is(.card, .board-panel) :is(${pressed})`)].flatMap((part) => {
    const card = part.closest('.card, .board-panel')?.getBoundingClientRect();
    const box = part.getBoundingClientRect();
    if (!card || !drawn(part) || part.closest('dialog, .seen-not')) return [];
    const out = box.top < card.top - 1 || box.bottom > card.bottom + 1;
    return out ? [`${named(part)} reaches out of its card: ${short(part)}`] : [];
  });
}

/** What is told lies over nothing that is pressed once that is scrolled to, nor over half of what is in sight. */
function underNews(page: Document): string[] {
  const news = page.querySelector<HTMLElement>('[data-messages]');
  const scrolled = news?.closest<HTMLElement>('[data-scrolls]');
  if (!news || !scrolled) return [];
  const faults = [...scrolled.querySelectorAll<HTMLElement>(pressed)].flatMap((part) => {
    if (news.contains(part) || part.closest('dialog') || !drawn(part)) return [];
    part.scrollIntoView({ block: 'nearest' });
    const box = part.getBoundingClientRect();
    const over = news.getBoundingClientRect();
    const under = box.bottom > over.top + 1 && box.top < over.bottom - 1 && over.height > 0;
    return under ? [`${named(part)} is under what is told: ${short(part)}`] : [];
  });
  scrolled.scrollTop = 0;
  return faults;
}

/** Wide enough for all that is pressed in a bar to stand beside each other. */
const BESIDE_EACH_OTHER = 1280;

/** The controls of the person's bar are on one line, so that none jumps when the sides change their widths. */
function wrapped(page: Document): string[] {
  if (innerWidth < BESIDE_EACH_OTHER) return [];
  const controls = [...page.querySelectorAll<HTMLElement>('[data-pane="person"] > header button')].filter(drawn);
  const first = controls[0]?.getBoundingClientRect();
  return controls.flatMap((part) => {
    const below = first !== undefined && part.getBoundingClientRect().top > first.bottom - 1;
    return below ? [`${named(part)} is on a second line of its bar`] : [];
  });
}

function hidden(part: HTMLElement): string | null {
  const box = part.getBoundingClientRect();
  if (box.top < -1 || box.left < -1 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1)
    return 'is outside of the window';
  for (let around = part.parentElement; around; around = around.parentElement) {
    const { overflowY, display } = getComputedStyle(around);
    if (overflowY === 'visible' || display === 'contents') continue;
    const room = around.getBoundingClientRect();
    if (box.top < room.top - 1 || box.bottom > room.bottom + 1) return `has to be scrolled to in ${named(around)}`;
  }
  const over = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return over && (part.contains(over) || over.contains(part))
    ? null
    : `is covered by ${over ? named(over) : 'nothing'}`;
}

function drawn(part: Element): boolean {
  return part.getClientRects().length > 0 && part.getBoundingClientRect().width > 1;
}

function named(part: Element): string {
  const act = (part as HTMLElement).dataset.act;
  return act ? `[${act}]` : `${part.tagName.toLowerCase()}.${part.className.toString().split(' ')[0]}`;
}

function short(part: Element): string {
  return (part.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 50);
}
