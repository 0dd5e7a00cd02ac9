import { drawnMessage } from '../bridge/control/messages.js';
import type { ControlRequest, MessageOf } from '../bridge/control/protocol.js';
import { ownColumns } from '../engine/endless/surroundings.js';
import { DaimonError } from '../errors.js';
import { felt } from '../music/feel.js';
import { seed } from '../music/random.js';
import { onlyThis } from '../music/sketch.js';
import { tick } from '../music/units.js';
import { blockPreset, blockSketch } from '../transport/block-plan.js';
import { chosenTake } from '../transport/conductor.js';
import type { Take } from '../transport/take.js';
import { drawRequest } from './draw-request.js';
import type { Engines } from './engines.js';
import { latentOf } from './instrument.js';
import type { Player } from './player.js';
import type { Shelf } from './shelf.js';

export type PreviewRequest = Extract<ControlRequest, { kind: 'draw' }>;

/** Draws blocks that are not played. */
export interface Preview {
  /** One at a time, while the conductor waits for none. Rejects with DaimonError `draw`, `preset` or `protocol`. */
  draw(request: PreviewRequest): Promise<MessageOf<'drawn'>>;
  /** Begins what waits, if it may. */
  look(): void;
}

interface PreviewParts {
  readonly player: Pick<Player, 'conductor'>;
  readonly engines: Pick<Engines, 'chosen'>;
  readonly shelf: Pick<Shelf, 'find'>;
}

export function newPreview({ player, engines, shelf }: PreviewParts): Preview {
  let isBusy = false;
  let begin: (() => void) | null = null;

  const look = (): void => {
    if (begin === null || player.conductor.asked !== null) return;
    begin();
    begin = null;
  };

  const takeOf = ({ seed: wanted, values, preset }: PreviewRequest): Take => ({
    ...chosenTake(player.conductor),
    seed: seed(wanted),
    theme: values === undefined ? null : onlyThis(latentOf(values, engines.chosen.info.latentShape)),
    anchor: tick(0),
    ...(preset === undefined ? {} : { preset: shelf.find(preset), morph: null }),
  });

  return {
    draw: async (request) => {
      if (isBusy) throw BUSY;
      const take = takeOf(request);
      const [sketch, preset] = [blockSketch(take, 0), blockPreset(take, 0)];
      isBusy = true;
      try {
        await new Promise<void>((begun) => {
          begin = begun;
          look();
        });
        const { chosen } = engines;
        const { block } = await chosen.draw(drawRequest({ seed: take.seed, sketch, preset, chords: [] }, chosen.info));
        return drawnMessage({ ...felt(block, preset.feel), latent: ownColumns(block.latent) });
      } finally {
        isBusy = false;
      }
    },
    look,
  };
}

const BUSY = new DaimonError('draw', 'A block is being drawn for a client already: ask again once it is there.');
