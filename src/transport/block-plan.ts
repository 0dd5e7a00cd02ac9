import { unreachable } from '../errors.js';
import { DECODING } from '../music/decoding.js';
import { mixed } from '../music/mixed.js';
import type { Preset } from '../music/preset.js';
import type { Seed } from '../music/random.js';
import { COLUMNS, evenly, formOf, onTheme, type Sketch, type Theme } from '../music/sketch.js';
import { TICKS_PER_BLOCK } from '../music/units.js';
import { blockSeed, blockStart, type Take } from './take.js';

/** The preset that a block is read and played by: in a morph one between; in a glide, as in the block's middle. */
export const blockPreset = (take: Take, index: number): Preset => themed(mixedPreset(take, index), take.theme);

/** A preset as it sounds under a theme: moved to the theme's key. */
export function themed(preset: Preset, theme: Theme | null): Preset {
  const moved = theme?.transpose ?? 0;
  if (moved === 0) return preset;
  const { min, max } = DECODING.transpose;
  const transpose = Math.min(Math.max((preset.decoding.transpose ?? 0) + moved, min), max);
  return { ...preset, decoding: { ...preset.decoding, transpose } };
}

const mixedPreset = (take: Take, index: number): Preset =>
  morphed(
    take,
    index,
    take.preset,
    (other) => other,
    (from, to, amounts) => mixed(from, to, mean(amounts)),
  );

/**
 * What a block is drawn from: in a morph between what each preset would draw, of its own seed or else the take's. In a
 * stream with its neighbours, each of them as it is played itself.
 */
export function blockSketch(take: Take, index: number): Sketch {
  if (blockPreset(take, index).stream === 'blocks') return ownSketch(take, index);
  const [before, block, after] = [index - 1, index, index + 1].map((of) => ownSketch(take, of));
  return { kind: 'surrounded', before, block, after };
}

/** What a block is named by, so that it can be had again: a stream has one seed for all of its blocks. */
export const namedSeed = (take: Take, index: number): Seed =>
  blockPreset(take, index).stream === 'endless' ? take.seed : blockSeed(take.seed, index);

function ownSketch(take: Take, index: number): Sketch {
  const own = drawnBy(take.preset, take.seed, index);
  const draw = morphed<Sketch>(
    take,
    index,
    own,
    (other) => drawnBy(other, other.seed ?? take.seed, index),
    (from, to, amounts) => ({ kind: 'morph', from, to, amounts }),
  );
  return take.theme === null ? draw : onTheme(draw, take.theme);
}

function drawnBy({ temperature, stream, form, theme }: Preset, from: Seed, index: number): Sketch {
  const draw: Sketch =
    stream === 'endless'
      ? { kind: 'stream', seed: from, temperature, index }
      : { kind: 'seed', seed: blockSeed(from, index), temperature };
  const formed: Sketch = form === '' ? draw : { kind: 'form', of: draw, form: formOf(form) };
  return theme === null ? formed : onTheme(formed, theme);
}

/** Anything that follows from a preset, on the way from the take's own to those of the others. */
function morphed<T>(
  take: Take,
  index: number,
  own: T,
  of: (other: Preset) => T,
  mix: (from: T, to: T, amounts: readonly number[]) => T,
): T {
  const { morph } = take;
  switch (morph?.kind) {
    case undefined:
      return own;
    case 'line':
      return mix(own, of(morph.to), evenly(morph.x));
    case 'square': {
      const [x, y] = [evenly(morph.x), evenly(morph.y)];
      return mix(mix(own, of(morph.right), x), mix(of(morph.up), of(morph.far), x), y);
    }
    case 'glide': {
      const column = TICKS_PER_BLOCK / COLUMNS;
      const middles = evenly(0).map((_, i) => blockStart(take, index) + (i + 0.5) * column);
      const way = morph.until - morph.from;
      return mix(
        own,
        of(morph.to),
        middles.map((at) => Math.min(Math.max((at - morph.from) / way, 0), 1)),
      );
    }
    default:
      return unreachable(morph);
  }
}

const mean = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
