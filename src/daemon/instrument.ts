import type { PlayerRequest } from '../bridge/control/protocol.js';
import { ownColumns } from '../engine/endless/surroundings.js';
import type { EngineInfo } from '../engine/engine.js';
import { DaimonError, unreachable } from '../errors.js';
import { type Latent, type LatentShape, latentSize } from '../music/latent.js';
import type { Preset } from '../music/preset.js';
import { seed } from '../music/random.js';
import { cellsOf, onlyThis, type Theme } from '../music/sketch.js';
import type { ClockMove } from '../transport/clock/clock-state.js';
import { chosenTake } from '../transport/conductor.js';
import type { Conductor, ConductorEvent } from '../transport/conductor-state.js';
import type { History } from './history.js';
import type { Shelf } from './shelf.js';
import { presentLatent } from './turning.js';

/** What requests to draw otherwise are understood by. */
export interface Instrument {
  readonly conductor: Conductor;
  readonly shelf: Pick<Shelf, 'find'>;
  readonly model: Pick<EngineInfo, 'model' | 'latentShape'>;
  readonly history: Pick<History, 'find'>;
}

/** Requests that change what is drawn. */
export type InstrumentRequest = Exclude<
  PlayerRequest,
  {
    kind:
      | 'start'
      | 'stop'
      | 'model'
      | 'save'
      | 'rename'
      | 'delete'
      | 'capture'
      | 'draw'
      | 'like'
      | 'set'
      | 'learn'
      | 'unlearn'
      | 'locate'
      | 'panic';
  }
>;

/** What a request asks of the conductor. Throws DaimonError for a preset, a block or a shape that there is not. */
export function changeOf(request: InstrumentRequest, instrument: Instrument): Exclude<ConductorEvent, ClockMove> {
  const { conductor, shelf, model, history } = instrument;
  const named = (name: string): Preset => shelf.find(name);
  const { theme } = chosenTake(conductor);
  // what is kept of a theme keeps its key
  const inKey = theme?.transpose === undefined ? {} : { transpose: theme.transpose };
  switch (request.kind) {
    case 'next':
    case 'cancel':
    case 'undo':
    case 'redo':
      return { kind: request.kind };
    case 'seed':
      return { kind: 'seed', seed: seed(request.value) };
    case 'preset':
      return { kind: 'preset', preset: named(request.name) };
    case 'latent':
      return {
        kind: 'theme',
        theme: request.values === null ? null : onlyThis(latentOf(request.values, model.latentShape)),
      };
    case 'hold': {
      const cells = cellsOf(request.columns, request.row);
      // what was left of the theme before stays left
      return {
        kind: 'theme',
        theme: themeOf(presentLatent(conductor, model.model), { cells, amount: theme?.amount || 1, ...inKey }),
      };
    }
    case 'vary':
      return {
        kind: 'vary',
        theme: themeOf(presentLatent(conductor, model.model), {
          cells: theme?.cells ?? cellsOf([]),
          amount: request.amount,
          ...inKey,
        }),
      };
    case 'morph':
      return {
        kind: 'morph',
        morph: request.to === null ? null : { kind: 'line', to: named(request.to), x: request.x ?? 1 },
      };
    case 'pad': {
      const { x, y } = request;
      const [right, up, far] = [named(request.right), named(request.up), named(request.far)];
      return { kind: 'morph', morph: { kind: 'square', right, up, far, x, y } };
    }
    case 'glide':
      return { kind: 'glide', to: named(request.to), bars: request.bars };
    case 'recall': {
      const { block, preset } = history.find(request.block);
      if (block.model !== model.model) throw drawnElsewhere(request.block, block.model);
      return { kind: 'recall', preset, theme: onlyThis(ownColumns(block.latent)) };
    }
    default:
      return unreachable(request);
  }
}

/** Null where nothing of it stays. */
const themeOf = (latent: Latent, theme: Omit<Theme, 'latent'>): Theme | null =>
  theme.amount === 1 && !theme.cells.includes(true) ? null : { latent, ...theme };

/** Throws DaimonError `protocol` where it has another size. */
export function latentOf(values: readonly number[], shape: LatentShape): Latent {
  if (values.length === latentSize(shape)) return { shape, values: Float32Array.from(values) };
  const { channels, rows, columns } = shape;
  throw new DaimonError(
    'protocol',
    `A latent of this model has ${latentSize(shape)} values (${channels} x ${rows} x ${columns}), not ${values.length}.`,
  );
}

const drawnElsewhere = (number: number, model: string): DaimonError =>
  new DaimonError('history', `Block ${number} was drawn by the model '${model}': choose that model first.`);
