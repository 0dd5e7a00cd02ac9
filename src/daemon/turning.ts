import { z } from 'zod';
import { checkValues, controlsOf, knobValues, type Values } from '../bridge/control/controls.js';
import { schemasOf } from '../bridge/presets/parameter-schema.js';
import { hasRange, keysOf, liveKeysOf, withKeys } from '../bridge/presets/preset-keys.js';
import { ownColumns } from '../engine/endless/surroundings.js';
import type { EngineInfo } from '../engine/engine.js';
import { DaimonError } from '../errors.js';
import type { Latent } from '../music/latent.js';
import { PLAYING } from '../music/playing.js';
import type { Preset } from '../music/preset.js';
import type { Quantum } from '../music/quantum.js';
import { cellsOf, type Theme } from '../music/sketch.js';
import { type Bpm, bpm, type Millis, millis } from '../music/units.js';
import { type ClockSource, clockState } from '../transport/clock/clock.js';
import { tempoOf } from '../transport/clock/clock-state.js';
import { chosenTake, presentBlock } from '../transport/conductor.js';
import type { Conductor } from '../transport/conductor-state.js';
import type { Morph, Take } from '../transport/take.js';
import { lastAnswer } from './last-answer.js';
import type { Player } from './player.js';

const playing = z.object(schemasOf(PLAYING));

/**
 * Where all that can be turned now stands: no tempo while another clock has its own, no morph where there is none. The
 * very same as the last time, where nothing was turned since.
 */
export function valuesOf({ clock, conductor, offset }: Player, info: EngineInfo): Values {
  const tempo = clock.source === 'internal' ? tempoOf(clockState(clock)) : null;
  return valuesAt(chosenTake(conductor), info, conductor.quantum, offset, tempo);
}

const valuesAt = lastAnswer(
  (
    { preset, theme, morph }: Take,
    { knobs, components, decoding }: EngineInfo,
    quantum: Quantum,
    offset: Millis,
    tempo: Bpm | null,
  ): Values => {
    const { knobs: turned = {}, ...keys } = keysOf(preset);
    const names = [...knobs, ...components].map(({ name }) => name);
    return {
      ...(tempo === null ? {} : { tempo }),
      offset,
      quantum,
      vary: theme?.amount ?? 1,
      ...placeOf(morph),
      ...decoding,
      ...keys,
      ...knobValues(Object.fromEntries(names.map((name) => [name, turned[name] ?? 0]))),
    };
  },
);

/** A preset with these turned. Throws `parameter` for a name or a value that there is not, and for what is no preset's. */
export function turned(preset: Preset, values: Values, info: EngineInfo): Preset {
  checkValues(controlsOf(info), values);
  const other = Object.keys(values).find((path) => path in PLAYING);
  if (other !== undefined) throw new DaimonError('parameter', `${other} is nothing that a preset says.`);
  return withinRange(withKeys(preset, liveKeysOf(values)));
}

/** Turns all of these or, where one of them can't be, none. Throws DaimonError. `goesOn`: as in `ConductorEvent`. */
export const turn = (values: Values, player: Player, info: EngineInfo, now: Millis, goesOn = false): void =>
  turning(values, player, info, now, goesOn)();

/** What turns all of these. Throws DaimonError where one of them can't be turned. */
export function turning(values: Values, player: Player, info: EngineInfo, now: Millis, goesOn = false): () => void {
  checkValues(controlsOf(info), values);
  const { tempo, offset, quantum, vary, 'morph/x': x, 'morph/y': y } = playing.parse(values);
  const take = chosenTake(player.conductor);
  const preset = withinRange(withKeys(take.preset, liveKeysOf(values)));
  const theme = vary === undefined ? take.theme : varied(take, vary, player.conductor, info);
  const morph = x === undefined && y === undefined ? take.morph : moved(take.morph, x, y);
  if (tempo !== undefined && player.clock.source !== 'internal') throw otherLeads('tempo', player.clock.source);
  return () => {
    if (tempo !== undefined) player.turn({ kind: 'command', command: { kind: 'tempo', time: now, tempo: bpm(tempo) } });
    if (offset !== undefined) player.shift(millis(offset));
    if (quantum !== undefined) player.change({ kind: 'quantum', quantum });
    if (Object.keys(values).some((path) => !(path in PLAYING))) player.change({ kind: 'edit', preset, goesOn });
    if (theme !== take.theme) player.change({ kind: 'theme', theme, goesOn });
    if (morph !== take.morph) player.change({ kind: 'morph', morph, goesOn });
  };
}

export const otherLeads = (what: string, leader: ClockSource): DaimonError =>
  new DaimonError('clock', `The ${what} is the ${leader}'s: set it there, or start daimon with --clock internal.`);

/** One end may have been set before the other. */
function withinRange(preset: Preset): Preset {
  if (hasRange(preset.decoding)) return preset;
  const { lowest, highest } = preset.decoding;
  throw new DaimonError(
    'parameter',
    `lowest would be ${lowest}, above highest, which is ${highest}: set both at once.`,
  );
}

/** What stays is the same; where nothing does, what plays now. */
const varied = ({ theme }: Take, amount: number, conductor: Conductor, { model }: EngineInfo): Theme =>
  theme === null ? { latent: presentLatent(conductor, model), cells: cellsOf([]), amount } : { ...theme, amount };

/** What plays as a latent. Throws `history` where this model has none yet. */
export function presentLatent(conductor: Conductor, model: string): Latent {
  const block = presentBlock(conductor);
  if (block?.model === model) return ownColumns(block.latent);
  throw new DaimonError('history', `There is no block of the model '${model}' to hold or vary: let one play first.`);
}

function placeOf(morph: Morph | null): Values {
  switch (morph?.kind) {
    case 'line':
      return { 'morph/x': morph.x };
    case 'square':
      return { 'morph/x': morph.x, 'morph/y': morph.y };
    default:
      return {};
  }
}

function moved(morph: Morph | null, x: number | undefined, y: number | undefined): Morph {
  if (morph?.kind === 'square') return { ...morph, x: x ?? morph.x, y: y ?? morph.y };
  if (morph?.kind === 'line' && y === undefined) return { ...morph, x: x ?? morph.x };
  const wanted = y === undefined ? '`morph` or `pad`' : '`pad`';
  throw new DaimonError('parameter', `There is nothing to morph to yet: say between which presets by ${wanted} first.`);
}
