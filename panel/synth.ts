import type { MessageOf } from '../src/bridge/control/protocol.js';
import type { Playhead } from './playhead.js';

/** What is played, heard in the browser by who has no instrument at hand. */
export interface Synth {
  readonly isOn: boolean;
  /** Browsers want a click before any sound. */
  turn(on: boolean): void;
  note(message: MessageOf<'note'>): void;
  /** All that sounds ends. */
  quiet(): void;
}

/** Notes sound so much later than they were played, in seconds: they are told of some 20 ms later, and never evenly. */
const LATER = 0.09;
const RELEASE = 0.12;
/** More at once than two hands and feet. */
const VOICES = 48;

interface Voice {
  readonly gain: GainNode;
  readonly sources: readonly OscillatorNode[];
}

export function newSynth(playhead: Playhead): Synth {
  let context: AudioContext | null = null;
  let out: AudioNode | null = null;
  const sounding = new Map<string, Voice>();

  /** When a tick sounds: counted from where the song is, so that it is as even as the song. */
  const timeOf = (audio: AudioContext, tick: number): number => {
    const now = performance.now();
    const here = playhead.at(now);
    const perTick = (playhead.at(now + 1000) - here) / 1000;
    const ahead = perTick > 0 ? (tick - here) / perTick / 1000 : 0;
    return audio.currentTime + Math.max(0, LATER + Math.max(-LATER, Math.min(ahead, LATER)));
  };

  const start = (audio: AudioContext, { pitch, velocity }: MessageOf<'note'>, at: number): Voice => {
    const gain = audio.createGain();
    const tone = audio.createBiquadFilter();
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    tone.type = 'lowpass';
    tone.frequency.setValueAtTime(Math.min(12_000, frequency * (2 + (6 * velocity) / 127)), at);
    tone.frequency.exponentialRampToValueAtTime(Math.max(200, frequency * 1.5), at + 0.9);
    const loud = 0.16 * (velocity / 127) ** 1.4;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loud, at + 0.006);
    gain.gain.exponentialRampToValueAtTime(loud * 0.35, at + 0.7);
    const sources = [
      ['triangle', 1],
      ['sine', 2.003],
    ] as const;
    const started = sources.map(([type, multiple]) => {
      const source = audio.createOscillator();
      source.type = type;
      source.frequency.value = frequency * multiple;
      source.connect(tone);
      source.start(at);
      return source;
    });
    tone.connect(gain).connect(out!);
    return { gain, sources: started };
  };

  const end = ({ gain, sources }: Voice, at: number): void => {
    gain.gain.cancelScheduledValues(at);
    gain.gain.setTargetAtTime(0, at, RELEASE / 4);
    for (const source of sources) source.stop(at + RELEASE * 2);
  };

  return {
    get isOn() {
      return context?.state === 'running';
    },
    turn: (on) => {
      if (context === null) {
        context = new AudioContext({ latencyHint: 'interactive' });
        const limiter = context.createDynamicsCompressor();
        limiter.connect(context.destination);
        out = limiter;
      }
      void (on ? context.resume() : context.suspend());
    },
    note: (message) => {
      if (context?.state !== 'running') return;
      const key = `${message.channel} ${message.pitch}`;
      const at = timeOf(context, message.tick);
      const before = sounding.get(key);
      if (before !== undefined) end(before, at);
      sounding.delete(key);
      if (message.on && sounding.size < VOICES) sounding.set(key, start(context, message, at));
    },
    quiet: () => {
      if (context !== null) for (const voice of sounding.values()) end(voice, context.currentTime);
      sounding.clear();
    },
  };
}
