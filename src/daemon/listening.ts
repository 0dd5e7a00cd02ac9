import type { PlayedNote } from '../bridge/midi/midi-in.js';
import type { Phrase } from '../music/phrase.js';
import type { Millis, Tick } from '../music/units.js';
import type { ClockMove } from '../transport/clock/clock-state.js';
import { hear, NOTHING_HEARD, phraseHeard } from '../transport/heard.js';
import { chordOf, type Keys, withKey } from '../transport/played-chord.js';

/** Listens to what somebody plays to us: chords to follow, phrases to play like. */
export interface Listening {
  note(note: PlayedNote): void;
  /** The song goes on elsewhere; `from` is where it was. */
  moved(move: ClockMove, from: Tick): void;
  /** What was played last, 16 bars at most; null where nothing was. */
  phrase(): Phrase | null;
  close(): void;
}

export interface ListeningParts {
  /** Where the song is, or was, at a time. */
  readonly positionAt: (time: Millis) => Tick;
  readonly now: () => Millis;
  /** Hears of a chord when all of its fingers have landed. Letting go is no chord: the last one holds. */
  readonly onChord: (pitchClasses: readonly number[]) => void;
  /** Calls back later; gives what calls it off. */
  readonly wait?: (ms: number, then: () => void) => () => void;
}

/** The fingers of a chord land within so long of each other, in ms (Goebl 2001 has 30 for the melody's lead at most). */
const SPREAD_MS = 30;
/** Channel 10 as musicians count: strokes are no chords. */
const DRUM_CHANNEL = 9;

export function newListening({ positionAt, now, onChord, wait = waitFor }: ListeningParts): Listening {
  let heard = NOTHING_HEARD;
  let keys: Keys = [];
  let callOff = (): void => {};
  const tell = (): void => {
    const chord = chordOf(keys);
    if (chord !== null) onChord(chord);
  };
  return {
    note: ({ kind, pitch, channel, time }) => {
      heard = hear(heard, { kind, tick: positionAt(time), pitch, channel });
      if (channel === DRUM_CHANNEL) return;
      keys = withKey(keys, { kind, pitch });
      if (kind === 'off') return;
      callOff();
      callOff = wait(SPREAD_MS, tell);
    },
    moved: (move, from) => {
      if (move.kind !== 'stop') heard = hear(heard, { kind: 'jump', from, to: move.tick });
    },
    phrase: () => phraseHeard(heard, positionAt(now())),
    close: () => callOff(),
  };
}

function waitFor(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}
