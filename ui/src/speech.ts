/** Reading aloud with the machine's own voices, where it has any. */
import { createSubscriber } from 'svelte/reactivity';
import type { Lang } from './bindings/Lang';
import { region } from './languages';

/** Voices are found some time after a page is there; who asked is told. */
const heard = createSubscriber((update) => {
  if (!speaks()) return;
  const synthesis = speechSynthesis;
  synthesis.addEventListener('voiceschanged', update);
  return () => synthesis.removeEventListener('voiceschanged', update);
});

/** Whether the machine has a voice for this language. */
export function canSpeak(lang: Lang): boolean {
  heard();
  const language = region(lang).split('-')[0] ?? '';
  return speaks() && speechSynthesis.getVoices().some((voice) => voice.lang.split(/[-_]/)[0] === language);
}

/** Speaks everything marked `data-speak` inside; the pass is never marked. */
export function speak(inside: Element, lang: Lang): void {
  if (!canSpeak(lang)) return;
  hush();
  const text = [...inside.querySelectorAll('[data-speak]')].map(spoken).join('\n');
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = region(lang);
  speechSynthesis.speak(speech);
}

export function hush(): void {
  if (speaks()) speechSynthesis.cancel();
}

function speaks(): boolean {
  return typeof speechSynthesis !== 'undefined';
}

/** What an element says, without the readings above its characters: they would be said twice. */
function spoken(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  for (const reading of copy.querySelectorAll('rt')) reading.remove();
  return copy.textContent?.trim() ?? '';
}
