/**
 * Developer's page: any screen from made-up views, without the station.
 * `?op=board-shown&pe=walk-a6-shown&lang=ja` draws both panes, `?pe=welcome` the person's alone,
 * `?op=find&alone` the operator's alone; `&size=large|largest` sets the person's text. Without `op` and `pe` it lists all.
 * `&ticket=12` gives the person a number.
 * `&press=report-failed` presses a control, so that what it opens is on the picture.
 * On a board `&trouble`, `&again` and `&other` add a trouble, the call to sign in again and a screen that looks different.
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
import type { TextSize } from '../bindings/TextSize';
import { operatorScreens, operatorView, personScreens, personView } from '../fixtures';
import { trouble } from '../fixtures/parts';

const asked = new URLSearchParams(location.search);
const op = asked.get('op');
const pe = asked.get('pe');
const lang = (asked.get('lang') ?? 'ja') as Lang;
const target = document.getElementById('app');

if (target && !op && !pe) list(target);
else if (target) mount(App, { target, props: { backend: madeUp() } });

// `&touch`: the field that asks for keys is touched, so that they are on the picture.
if (asked.has('touch')) {
  const touch = setInterval(() => {
    const field = document.querySelector('[data-keypad]');
    field?.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }));
    if (field) clearInterval(touch);
  }, 50);
}

const pressed = asked.get('press');
if (pressed) {
  const press = setInterval(() => {
    const control = document.querySelector<HTMLElement>(`[data-act="${pressed}"]`);
    control?.click();
    if (control) clearInterval(press);
  }, 50);
}

function madeUp(): Backend {
  const operator = operatorView(op ?? 'welcome', lang);
  operator.person_pane = !asked.has('alone') && pe !== null;
  if (asked.has('trouble')) operator.trouble = trouble('pass-not-recorded', 'T410');
  if (operator.screen.screen === 'board') {
    operator.screen.sign_in_again ||= asked.has('again');
    operator.screen.other_screen ||= asked.has('other');
  }
  const person = personView(pe ?? 'welcome', lang);
  if (asked.has('ticket')) person.ticket = Number(asked.get('ticket'));
  person.text_size = (asked.get('size') ?? 'normal') as TextSize;
  return {
    label: op ? 'operator' : 'person-1',
    operatorView: () => Promise.resolve(operator),
    personView: () => Promise.resolve(person),
    operatorAct: () => Promise.resolve(),
    personAct: () => Promise.resolve(),
    onViewChanged: () => Promise.resolve(() => {}),
  };
}

function list(into: HTMLElement) {
  const links = [
    ...Object.keys(operatorScreens).map((name) => `?op=${name}&pe=welcome`),
    '?op=find&pe=welcome&touch',
    ...Object.keys(personScreens).map((name) => `?op=board-hidden&pe=${name}`),
  ];
  document.body.classList.add('list');
  for (const link of links) {
    const anchor = document.createElement('a');
    anchor.href = link;
    anchor.textContent = link;
    into.append(anchor, document.createElement('br'));
  }
}
