import { type Bpm, bpm, TICKS_PER_BAR, TICKS_PER_BEAT, type Tick, tick } from '../../music/units.js';

export interface TempoChange {
  readonly at: Tick;
  readonly tempo: Bpm;
}

/**
 * The tempo map of a recording, out of a tempo that is followed: that one trembles with every late pulse and swings
 * after a stall, and none of it is music. A change is one that lasts: 1 % for a beat, a tenth of that for ten. It is
 * then written where it began. A tempo that is on the move for a bar, as in a ritardando, is written as it is then.
 */
export interface TempoTrack {
  /** The tempo from here on, by ticks of the recording; gives the change to be written, if one is due. */
  hear(tempo: Bpm, at: Tick): TempoChange | null;
  /** The recording has come so far. */
  reach(at: Tick): TempoChange | null;
  /** The only tempo there was, where the recording ends before it has lasted. */
  end(): TempoChange | null;
}

/** A new tempo since `from`, never further than `STEADY` from itself. */
interface Candidate {
  readonly from: Tick;
  readonly low: number;
  readonly high: number;
  /** Of the tempos heard, for their mean. */
  readonly sum: number;
  readonly count: number;
}

const begun = (tempo: Bpm, from: Tick): Candidate => ({ from, low: tempo, high: tempo, sum: tempo, count: 1 });

const joined = ({ from, low, high, sum, count }: Candidate, tempo: Bpm): Candidate => ({
  from,
  low: Math.min(low, tempo),
  high: Math.max(high, tempo),
  sum: sum + tempo,
  count: count + 1,
});

const STEADY = 0.01;
/** Nearer than this to what is written, in BPM, is the same tempo. */
const SAME = 0.05;

export function tempoTrack(): TempoTrack {
  let written: Bpm | null = null;
  let candidate: Candidate | null = null;
  /** Since when the tempo has been another than the one written. */
  let restless: Tick | null = null;

  const write = ({ from, sum, count }: Candidate): TempoChange => {
    // the first one holds from the start, wherever it was found
    const at = written === null ? tick(0) : from;
    written = bpm(Math.round((100 * sum) / count) / 100);
    candidate = null;
    restless = null;
    return { at, tempo: written };
  };

  const reach = (at: Tick): TempoChange | null => {
    if (candidate === null || restless === null) return null;
    const off = written === null ? 1 : Math.abs(candidate.sum / candidate.count / written - 1);
    const lasted = at - candidate.from >= TICKS_PER_BEAT * Math.max(1, STEADY / off);
    const onTheMove = at - restless >= TICKS_PER_BAR && off > STEADY;
    return lasted || onTheMove ? write(candidate) : null;
  };

  return {
    hear: (tempo, at) => {
      const change = reach(at);
      if (written !== null && Math.abs(tempo - written) < SAME) {
        candidate = null;
        restless = null;
        return change;
      }
      const grown = candidate === null ? null : joined(candidate, tempo);
      candidate = grown !== null && grown.high / grown.low - 1 <= STEADY ? grown : begun(tempo, at);
      restless ??= at;
      return change;
    },
    reach,
    end: () => (written === null && candidate !== null ? write(candidate) : null),
  };
}
