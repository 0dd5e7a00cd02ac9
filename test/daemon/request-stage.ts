import { newCapture } from '#daimon/bridge/recording/capture.js';
import { newHistory } from '#daimon/daemon/history.js';
import { newRamping } from '#daimon/daemon/ramping.js';
import type { Stage } from '#daimon/daemon/requests.js';
import { newShelf } from '#daimon/daemon/shelf.js';
import { DaimonError } from '#daimon/errors.js';
import { preset, resting, themeOf } from '../transport/stage.js';
import { type Bench, engine, info } from './bench.js';

/** Where requests to a bench's player take effect; nothing is written, unless `parts` say otherwise. */
export const requestStage = <Parts extends Partial<Stage>>(bench: Bench, parts: Parts) => ({
  player: bench.player,
  shelf: newShelf({ presets: [preset, resting], own: new Set() }, { onChanged: () => {}, write: async () => {} }),
  history: newHistory(),
  hands: { learn: () => {}, unlearn: () => {} },
  listening: { phrase: () => null },
  engines: {
    info,
    chosen: { ...engine, locate: async () => ({ latent: themeOf(5).latent, move: 3, columns: 1 }) },
    choose: (name: string) => Promise.reject(new DaimonError('model', `There is no "${name}".`)),
  },
  ramping: newRamping({ player: bench.player, info: () => info, now: () => bench.now, say: () => {} }),
  capture: newCapture(),
  preview: { draw: () => Promise.reject(new DaimonError('draw', 'Nothing is drawn ahead here.')) },
  now: () => bench.now,
  say: () => {},
  ...parts,
});
