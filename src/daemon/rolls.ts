import { ROLL_PLACES, type RollPlace, rollFrame } from '../bridge/control/roll-frame.js';
import type { Engine } from '../engine/engine.js';
import type { Block } from '../music/block.js';
import type { Latent } from '../music/latent.js';
import { positionAt } from '../music/position.js';
import { recall } from '../transport/block-memory.js';
import { blockPreset, blockSketch } from '../transport/block-plan.js';
import type { Conductor } from '../transport/conductor-state.js';
import { launchIndex, launchLine } from '../transport/launch.js';
import { blockStart, type Take } from '../transport/take.js';
import { drawRequest } from './draw-request.js';
import type { Player } from './player.js';

/** The roll of the block that plays, and of the one after it as soon as that is drawn, while anybody wants to see them. */
export interface Rolls {
  /** What there is to see by now. */
  readonly frames: readonly Uint8Array[];
  /** Has what is new since the last time drawn, and shown. */
  look(): void;
}

interface RollsParts {
  readonly player: Pick<Player, 'conductor'>;
  readonly engineOf: (model: number) => Pick<Engine, 'info' | 'draw'>;
  readonly isWanted: () => boolean;
  readonly show: (place: RollPlace, frame: Uint8Array) => void;
}

/** A block on its place in the song. */
interface Spot {
  readonly take: Take;
  readonly index: number;
  readonly block: Block;
}

/** What is known of a block, which its latent tells from others. */
interface Known {
  readonly latent: Latent;
  /** Null where it could not be drawn. */
  readonly frame: Uint8Array | null;
}

/**
 * Rolls stay on the engine's thread when blocks are drawn. They are drawn again for who wants to see them: the engine
 * remembers the last few, so that this costs a reading. Never while the conductor waits for a block, and one at a time.
 */
export function newRolls({ player, engineOf, isWanted, show }: RollsParts): Rolls {
  const known = new Map<RollPlace, Known>();
  let drawing = false;

  const draw = async (place: RollPlace, { take, index, block }: Spot): Promise<void> => {
    drawing = true;
    let frame: Uint8Array | null = null;
    try {
      const engine = engineOf(take.model);
      const [sketch, preset] = [blockSketch(take, index), blockPreset(take, index)];
      const { roll } = await engine.draw(drawRequest({ seed: block.seed, sketch, preset, chords: [] }, engine.info));
      const { bar } = positionAt(blockStart(take, index));
      frame = rollFrame(roll, { place, index, bar, seed: block.seed });
    } catch {
      // the conductor says what can't be drawn; here it is only not seen
    }
    drawing = false;
    known.set(place, { latent: block.latent, frame });
    // it may have moved on by now: the next look shows it there
    if (frame !== null && spotOf(place, player.conductor)?.block.latent === block.latent) show(place, frame);
  };

  const lookAt = (place: RollPlace): void => {
    const { conductor } = player;
    const spot = spotOf(place, conductor);
    if (spot === null || known.get(place)?.latent === spot.block.latent) return;
    const next = known.get('next');
    if (place === 'plays' && next?.latent === spot.block.latent && next.frame !== null) {
      const frame = next.frame.slice();
      frame[2] = ROLL_PLACES.indexOf(place);
      known.set(place, { latent: next.latent, frame });
      known.delete('next');
      show(place, frame);
    } else if (!drawing && conductor.asked === null) void draw(place, spot);
  };

  return {
    get frames() {
      return [...known.values()].flatMap(({ frame }) => frame ?? []);
    },
    look: () => {
      if (isWanted()) for (const place of ROLL_PLACES) lookAt(place);
      else if (!drawing) known.clear();
    },
  };
}

/** Null where nothing plays there, or it is not drawn yet. A block that stands in for a late one was seen before. */
function spotOf(place: RollPlace, conductor: Conductor): Spot | null {
  const { part, take, pending, position, memory, cued } = conductor;
  if (part === null || part.repeated) return null;
  // planned a beat ahead, it comes next until it begins
  if (place === (cued === null ? 'plays' : 'next')) return { take, index: part.index, block: part.block };
  if (place === 'plays') return null;
  const next =
    pending === null
      ? { take, index: part.index + 1 }
      : { take: pending.take, index: launchIndex(pending, launchLine(position, pending)) };
  const block = recall(memory, next.take.id, next.index);
  return block === null ? null : { ...next, block };
}
