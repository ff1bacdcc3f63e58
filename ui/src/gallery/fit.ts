/**
 * Developer's page behind `cargo xtask fit`: every row and every screen, in one window or in a window of its own, in any
 * text size and way to read. `fit.names(form)` names them, `fit.look(...)` draws one and says what of it is not in sight.
 */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '../styles/theme.css';
import '../styles/base.css';
import { mount, tick, unmount } from 'svelte';
import App from '../App.svelte';
import type { Backend } from '../backend';
import type { Lang } from '../bindings/Lang';
import type { TextSize } from '../bindings/TextSize';
import { cases, sideOf, viewsOf, type Form } from './cases';
import { lookAt, type Looked } from './inSight';

let revision = 1;
let form: Form | undefined;
let app: ReturnType<typeof mount> | undefined;
let views = viewsOf('welcome', 'ja', 'normal', revision);
let changed: (revision: number) => void = () => {};

const backend = (label: string): Backend => ({
  label,
  operatorView: () => Promise.resolve(views.operator),
  personView: () => Promise.resolve(views.person),
  operatorAct: () => Promise.resolve(),
  personAct: () => Promise.resolve(),
  onViewChanged: (tell) => {
    changed = tell;
    return Promise.resolve(() => {});
  },
});

const frame = () => new Promise(requestAnimationFrame);

async function open(wanted: Form): Promise<void> {
  if (form === wanted) return;
  if (app) await unmount(app);
  form = wanted;
  const target = document.getElementById('app');
  if (target) app = mount(App, { target, props: { backend: backend(wanted === 'person' ? 'person-1' : 'operator') } });
  await document.fonts.ready;
  await frame();
}

/** Draws one and looks at it once it is at rest. */
async function look(name: string, wanted: Form, lang: Lang, size: TextSize): Promise<Looked> {
  revision += 1;
  // What cannot be seen is laid out all the same, and not painted four times.
  document.documentElement.style.opacity = '0';
  views = viewsOf(name, lang, size, revision);
  views.operator.person_pane = wanted === 'one';
  await open(wanted);
  changed(revision);
  // The view is fetched, drawn, and what watches its size has had its say.
  for (let frames = 0; frames < 4; frames += 1) {
    await tick();
    await frame();
  }
  document.documentElement.style.removeProperty('opacity');
  return lookAt(document, sideOf(name));
}

Object.assign(window, { fit: { names: (wanted: Form) => cases(wanted), look } });

const still = document.createElement('style');
still.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; }';
document.head.append(still);
await open('one');
document.documentElement.dataset.ready = '';
