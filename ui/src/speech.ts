/** Reading aloud with the machine's own voices, where it has any. */
import type { Lang } from './bindings/Lang';
import { region } from './words';

export function canSpeak(): boolean {
  return typeof speechSynthesis !== 'undefined' && speechSynthesis.getVoices().length > 0;
}

/** Speaks everything marked `data-speak` inside; the pass is never marked. */
export function speak(inside: Element, lang: Lang): void {
  if (!canSpeak()) return;
  hush();
  const text = [...inside.querySelectorAll('[data-speak]')].map(spoken).join('\n');
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = region(lang);
  speechSynthesis.speak(speech);
}

export function hush(): void {
  if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel();
}

/** What an element says, without the readings above its characters: they would be said twice. */
function spoken(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  for (const reading of copy.querySelectorAll('rt')) reading.remove();
  return copy.textContent?.trim() ?? '';
}
