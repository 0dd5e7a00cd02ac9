import type { Block } from '../music/block.js';
import type { Chord } from '../music/chord.js';
import type { Preset } from '../music/preset.js';
import type { Quantum } from '../music/quantum.js';
import type { Seed } from '../music/random.js';
import type { Sketch, Theme } from '../music/sketch.js';
import type { Tick } from '../music/units.js';
import type { BlockMemory } from './block-memory.js';
import type { ChordLine } from './chord-line.js';
import type { ClockMove } from './clock/clock-state.js';
import type { Edge, Epoch } from './edge.js';
import type { Past } from './past.js';
import type { Morph, Take } from './take.js';

export interface Conductor {
  /** Whether a block taken up in its middle strikes the notes that should be sounding there. */
  readonly chase: boolean;
  readonly epoch: Epoch;
  readonly running: boolean;
  /** Where the song is. */
  readonly position: Tick;
  readonly take: Take;
  /** How many takes there were after the first one, those cancelled too. */
  readonly takes: number;
  /** The lines on which what is launched begins. */
  readonly quantum: Quantum;
  /** Launches on the next of its lines by which its block is there. */
  readonly pending: Pending | null;
  /** Launches in its stead while the pending one's block is not there: the newest one overtaken whose block is. */
  readonly spare: Pending | null;
  readonly past: Past;
  /** What presets that follow chords follow. */
  readonly chords: ChordLine;
  readonly memory: BlockMemory;
  /** The one draw under way: the engine draws one after the other, so that more could only grow stale. */
  readonly asked: Asked | null;
  /** Where something that is turned was last asked to be drawn. */
  readonly turnedAt: Tick;
  /** The last draw failed in this bar; the next is tried a bar later. */
  readonly failedInBar: number | null;
  /** Everything before it has been scheduled. */
  readonly planned: Tick;
  /** Note-offs of scheduled notes, not scheduled themselves. */
  readonly held: readonly Edge[];
  /** What the last planned bar plays; null while it rests. */
  readonly part: Part | null;
  /** A block that is planned but has not begun. */
  readonly cued: Started | null;
}

export interface Pending {
  readonly take: Take;
  /** Its first block begins where it launches, which the take's anchor foretells. */
  readonly anew: boolean;
  /** The lines that it waits for. */
  readonly quantum: Quantum;
  /** A hand turns something: more such changes may follow at once. */
  readonly isTurned: boolean;
  /** What there was to go back to before anything was pending: what a cancelled launch leaves. */
  readonly past: Past;
}

/** The models that may still be asked to draw. */
export const modelsOf = ({ take, pending, spare }: Conductor): readonly number[] =>
  [take, pending?.take ?? take, spare?.take ?? take].map(({ model }) => model);

/** A block on its place. */
export interface Part {
  readonly block: Block;
  /** By which it is played. */
  readonly preset: Preset;
  readonly index: number;
  readonly start: Tick;
  /** It stands in for one that came late. */
  readonly repeated: boolean;
}

export interface Started extends Part {
  /** Where it began to sound: on its start, or later after a jump into its middle. */
  readonly from: Tick;
}

/** Names a block to be drawn: the answer carries it, so that a stale one is known. */
export interface Ask {
  readonly take: number;
  readonly index: number;
}

export interface Asked extends Ask {
  /** The change that it was drawn to launch; null where it was drawn for the take that plays. */
  readonly launches: Pending | null;
  /** Chords have changed since. */
  readonly stale: boolean;
}

export type ConductorEvent =
  | ClockMove
  /** The song has come so far. */
  | { readonly kind: 'time'; readonly tick: Tick }
  | { readonly kind: 'drawn'; readonly ask: Ask; readonly block: Block }
  | { readonly kind: 'failed'; readonly ask: Ask; readonly reason: string }
  /** Somebody plays a chord, where the song is now. */
  | { readonly kind: 'chord'; readonly pitchClasses: readonly number[] }
  /** The output had no room for what was scheduled last. */
  | { readonly kind: 'refused' }
  /** On what lines all that is launched from now on begins. */
  | { readonly kind: 'quantum'; readonly quantum: Quantum }
  /** What is pending shall not be launched. */
  | { readonly kind: 'cancel' }
  /** What follows takes effect on the next line of the quantum, or bar line; while stopped, at once. */
  | { readonly kind: 'next' }
  | { readonly kind: 'seed'; readonly seed: Seed }
  | { readonly kind: 'preset'; readonly preset: Preset }
  /** Draws with another model, which is ready to. A theme means nothing to it, and what was before is left behind. */
  | { readonly kind: 'model'; readonly model: number }
  /** The preset that plays, changed: its knobs, say. Seed, theme and morph stay. */
  | ({ readonly kind: 'edit'; readonly preset: Preset } & Turn)
  /** Stays until a seed, preset or next says otherwise. */
  | ({ readonly kind: 'theme'; readonly theme: Theme | null } & Turn)
  /** Another draw under a theme. */
  | { readonly kind: 'vary'; readonly theme: Theme | null }
  /** A preset and a theme as they once were. */
  | { readonly kind: 'recall'; readonly preset: Preset; readonly theme: Theme }
  | ({ readonly kind: 'morph'; readonly morph: Morph | null } & Turn)
  /** To another preset within so many bars, from the bar on which it launches. */
  | { readonly kind: 'glide'; readonly to: Preset; readonly bars: number }
  /** The last change taken back, or made again. */
  | { readonly kind: 'undo' | 'redo' };

interface Turn {
  /** It goes on with a change made before, as on a way of many steps, and is taken back together with it. */
  readonly goesOn?: boolean;
}

export type Effect =
  | {
      readonly kind: 'generate';
      readonly ask: Ask;
      readonly model: number;
      readonly seed: Seed;
      readonly sketch: Sketch;
      readonly preset: Preset;
      readonly chords: readonly Chord[];
    }
  | { readonly kind: 'schedule'; readonly edges: readonly Edge[]; readonly epoch: Epoch }
  /** Drops what was scheduled under older epochs and ends every sounding note. */
  | { readonly kind: 'release'; readonly epoch: Epoch }
  /** The same once the song comes to a tick: until then what was scheduled plays on. */
  | { readonly kind: 'take-over'; readonly epoch: Epoch; readonly from: Tick }
  | ({ readonly kind: 'block-started' } & Started)
  | { readonly kind: 'say'; readonly text: string };

export interface Conducted {
  readonly state: Conductor;
  readonly effects: readonly Effect[];
}
