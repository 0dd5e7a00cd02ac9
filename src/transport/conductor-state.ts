import type { Block } from '../music/block.js';
import type { Latent } from '../music/latent.js';
import type { Preset } from '../music/preset.js';
import type { Seed } from '../music/random.js';
import type { Tick } from '../music/units.js';
import type { BlockMemory } from './block-memory.js';
import type { ClockMove } from './clock/clock-state.js';
import type { Edge, Epoch } from './edge.js';
import type { Take } from './take.js';

export interface Conductor {
  /** Whether a block taken up in its middle strikes the notes that should be sounding there. */
  readonly chase: boolean;
  readonly epoch: Epoch;
  readonly running: boolean;
  /** Where the song is. */
  readonly position: Tick;
  readonly take: Take;
  /** Launches on the next bar line by which its block is there. */
  readonly pending: Pending | null;
  readonly memory: BlockMemory;
  /** The one draw under way: the engine draws one after the other, so that more could only grow stale. */
  readonly asked: Ask | null;
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
  /** Its first block begins on the bar line of its launch, whatever the take's anchor says. */
  readonly anew: boolean;
}

/** The models that may still be asked to draw. */
export const modelsOf = ({ take, pending }: Conductor): readonly number[] =>
  pending === null ? [take.model] : [take.model, pending.take.model];

/** A block on its place. */
export interface Part {
  readonly block: Block;
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

export type ConductorEvent =
  | ClockMove
  /** The song has come so far. */
  | { readonly kind: 'time'; readonly tick: Tick }
  | { readonly kind: 'drawn'; readonly ask: Ask; readonly block: Block }
  | { readonly kind: 'failed'; readonly ask: Ask; readonly reason: string }
  /** The output had no room for what was scheduled last. */
  | { readonly kind: 'refused' }
  /** What follows takes effect on the next bar line; while stopped, at once. */
  | { readonly kind: 'next' }
  | { readonly kind: 'seed'; readonly seed: Seed }
  | { readonly kind: 'preset'; readonly preset: Preset }
  /** Draws with another model, which is ready to. A latent means nothing to it: it goes back to the seed. */
  | { readonly kind: 'model'; readonly model: number }
  /** Played until a seed, preset or next says otherwise; null goes back to the seed. */
  | { readonly kind: 'latent'; readonly latent: Latent | null };

export type Effect =
  | {
      readonly kind: 'generate';
      readonly ask: Ask;
      readonly model: number;
      readonly seed: Seed;
      readonly latent: Latent | null;
      readonly preset: Preset;
    }
  | { readonly kind: 'schedule'; readonly edges: readonly Edge[]; readonly epoch: Epoch }
  /** Drops what was scheduled under older epochs and ends every sounding note. */
  | { readonly kind: 'release'; readonly epoch: Epoch }
  | ({ readonly kind: 'block-started' } & Started)
  | { readonly kind: 'say'; readonly text: string };

export interface Conducted {
  readonly state: Conductor;
  readonly effects: readonly Effect[];
}
