/**
 * Units of musical and physical time. Each is a branded number, so a step can't be passed where a tick is
 * wanted; every conversion lives here. The brands cost nothing at run time.
 */

declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Musical time, 480 to the beat; may be fractional between two pulses. */
export type Tick = Unit<'tick'>;
/** One roll column: a sixteenth note. */
export type Step = Unit<'step'>;
/** Physical time on the monotonic clock shared by all threads, or a span of it. */
export type Millis = Unit<'ms'>;
/** Tempo in quarter notes a minute. */
export type Bpm = Unit<'bpm'>;

export const tick = (n: number): Tick => n as Tick;
export const step = (n: number): Step => n as Step;
export const millis = (n: number): Millis => n as Millis;
export const bpm = (n: number): Bpm => n as Bpm;

export const TICKS_PER_BEAT = 480;
/** MIDI clock sends 24 pulses a beat. */
export const PULSES_PER_BEAT = 24;
export const TICKS_PER_PULSE = TICKS_PER_BEAT / PULSES_PER_BEAT;
export const STEPS_PER_BEAT = 4;
export const TICKS_PER_STEP = TICKS_PER_BEAT / STEPS_PER_BEAT;
/** A MIDI song position counts sixteenths (six pulses), 14 bits. */
export const TICKS_PER_SONG_POSITION = 6 * TICKS_PER_PULSE;
/** Bars are of 4/4. */
export const BEATS_PER_BAR = 4;
export const STEPS_PER_BAR = BEATS_PER_BAR * STEPS_PER_BEAT;
export const TICKS_PER_BAR = BEATS_PER_BAR * TICKS_PER_BEAT;
/** A block is one drawn roll. */
export const BARS_PER_BLOCK = 16;
export const STEPS_PER_BLOCK = BARS_PER_BLOCK * STEPS_PER_BAR;
export const TICKS_PER_BLOCK = BARS_PER_BLOCK * TICKS_PER_BAR;

export const stepToTick = (s: Step): Tick => tick(s * TICKS_PER_STEP);

/** Length of one tick at a tempo. */
export const millisPerTick = (tempo: Bpm): Millis => millis(60_000 / (tempo * TICKS_PER_BEAT));
/** Tempo at which a beat lasts so long. */
export const tempoOfBeat = (span: Millis): Bpm => bpm(60_000 / span);

export const plus = <T extends number>(a: T, b: T): T => (a + b) as T;
export const minus = <T extends number>(a: T, b: T): T => (a - b) as T;
