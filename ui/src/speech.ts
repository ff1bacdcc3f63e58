/** Reading aloud with the machine's own voices, where it has any. */
import type { Lang } from './bindings/Lang';

export function canSpeak(): boolean {
  return typeof speechSynthesis !== 'undefined' && speechSynthesis.getVoices().length > 0;
}

/** Speaks everything marked `data-speak` inside; the pass is never marked. */
export function speak(inside: Element, lang: Lang): void {
  if (!canSpeak()) return;
  hush();
  const text = [...inside.querySelectorAll('[data-speak]')].map((part) => part.textContent?.trim() ?? '').join('\n');
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = lang === 'ja' ? 'ja-JP' : 'en-GB';
  speechSynthesis.speak(speech);
}

export function hush(): void {
  if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel();
}
