/** How a roll's probabilities become notes: the player's choices, each with its range. */
export interface Decoding {
  /** A note lasts while sounding is above this, 0.05..0.95. Lower is denser. */
  readonly threshold: number;
  /** A note begins where onset is above this, 0.05..0.95. */
  readonly onsetThreshold: number;
  /** A note of one step needs an onset above this, 0..1: fragments are mostly noise. */
  readonly fragmentThreshold: number;
  /** Semitones added to every pitch, -36..36. */
  readonly transpose: number;
  /** Lowest and highest pitch that sounds after transposing, 0..127; others are left out. */
  readonly lowest: number;
  readonly highest: number;
  /** At most so many notes sound at once, 1..64; the most probable stay. */
  readonly voices: number;
  /** Sounding share of each note's length, 0.1..1. */
  readonly gate: number;
  /** Velocity of a note of middling probability off the beat, 1..127. */
  readonly velocity: number;
  /** How far probability and meter move the velocity, 0..63. */
  readonly accent: number;
  /** MIDI channel, 1..16 as musicians count. */
  readonly channel: number;
  /** 0: all roles on `channel`. 1: each role on the channel after the one before, those past 16 on 16. */
  readonly split: number;
}

export const DEFAULT_DECODING: Decoding = {
  threshold: 0.5,
  onsetThreshold: 0.5,
  fragmentThreshold: 0.8,
  transpose: 0,
  lowest: 0,
  highest: 127,
  voices: 64,
  gate: 1,
  velocity: 84,
  accent: 16,
  channel: 1,
  split: 0,
};

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly whole: boolean;
}

/** The ranges stated above, for whoever reads a decoding from a file or a message. */
export const DECODING_RANGES: Readonly<Record<keyof Decoding, Range>> = {
  threshold: { min: 0.05, max: 0.95, whole: false },
  onsetThreshold: { min: 0.05, max: 0.95, whole: false },
  fragmentThreshold: { min: 0, max: 1, whole: false },
  transpose: { min: -36, max: 36, whole: true },
  lowest: { min: 0, max: 127, whole: true },
  highest: { min: 0, max: 127, whole: true },
  voices: { min: 1, max: 64, whole: true },
  gate: { min: 0.1, max: 1, whole: false },
  velocity: { min: 1, max: 127, whole: true },
  accent: { min: 0, max: 63, whole: true },
  channel: { min: 1, max: 16, whole: true },
  split: { min: 0, max: 1, whole: true },
};

/** Something for each choice, made from its range: a schema, a knob. */
export const forEachChoice = <T>(make: (range: Range) => T): Readonly<Record<keyof Decoding, T>> => ({
  threshold: make(DECODING_RANGES.threshold),
  onsetThreshold: make(DECODING_RANGES.onsetThreshold),
  fragmentThreshold: make(DECODING_RANGES.fragmentThreshold),
  transpose: make(DECODING_RANGES.transpose),
  lowest: make(DECODING_RANGES.lowest),
  highest: make(DECODING_RANGES.highest),
  voices: make(DECODING_RANGES.voices),
  gate: make(DECODING_RANGES.gate),
  velocity: make(DECODING_RANGES.velocity),
  accent: make(DECODING_RANGES.accent),
  channel: make(DECODING_RANGES.channel),
  split: make(DECODING_RANGES.split),
});
