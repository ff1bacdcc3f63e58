/** Two soft tones for "done": never the only signal, and silent until someone has touched this page. */

let touched = false;

if (typeof window !== 'undefined') {
  for (const kind of ['pointerdown', 'keydown']) {
    window.addEventListener(kind, () => (touched = true), { once: true, capture: true });
  }
}

export function chime(): void {
  if (!touched || typeof AudioContext === 'undefined') return;
  try {
    const audio = new AudioContext();
    const start = audio.currentTime + 0.05;
    tone(audio, 659.25, start);
    tone(audio, 880, start + 0.22).onended = () => void audio.close();
  } catch {
    // No sound device: words and colour say it all the same.
  }
}

function tone(audio: AudioContext, pitch: number, at: number): OscillatorNode {
  const source = audio.createOscillator();
  const loudness = audio.createGain();
  source.type = 'sine';
  source.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.12, at + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
  source.connect(loudness).connect(audio.destination);
  source.start(at);
  source.stop(at + 0.65);
  return source;
}
