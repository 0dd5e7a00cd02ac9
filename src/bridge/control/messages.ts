import type { Block } from '../../music/block.js';
import { positionAt } from '../../music/position.js';
import type { Tick } from '../../music/units.js';
import type { Sent } from '../midi/midi-out.js';
import type { Control } from './controls.js';
import type { MessageOf, ParameterMessage } from './protocol.js';

/** What happens in the daemon, as protocol messages. Channels leave as musicians count: 1..16. */

export function blockMessage(number: number, index: number, start: Tick, block: Block): MessageOf<'block'> {
  return {
    kind: 'block',
    index,
    bar: positionAt(start).bar,
    model: block.model,
    preset: block.preset,
    seed: block.seed,
    latent: Array.from(block.latent.values),
    number,
    notes: notesOf(block),
  };
}

/** A block that is not played. */
export function drawnMessage(block: Block): MessageOf<'drawn'> {
  const { model, preset, seed, latent } = block;
  return { kind: 'drawn', model, preset, seed, latent: Array.from(latent.values), notes: notesOf(block) };
}

const notesOf = ({ notes }: Block): MessageOf<'block'>['notes'] =>
  notes.map((note) => ({ ...note, channel: note.channel + 1 }));

/** What a client must know to show it and to turn it. */
export function parameterMessage({ path, group, parameter, default: at }: Control): ParameterMessage {
  const told = { path, group, default: at };
  if (parameter.kind !== 'pattern') return { ...parameter, ...told };
  return { ...parameter, ...told, shape: parameter.shape.source };
}

const NOTE_OFF = 0x8;
const NOTE_ON = 0x9;

/** Null when what was sent is no note. A note-on of velocity 0 ends a note, as MIDI has it. */
export function noteMessage({ edge, tick }: Sent): MessageOf<'note'> | null {
  const command = edge.status >> 4;
  if (command !== NOTE_ON && command !== NOTE_OFF) return null;
  return {
    kind: 'note',
    on: command === NOTE_ON && edge.data2 > 0,
    pitch: edge.data1,
    velocity: edge.data2,
    channel: (edge.status & 0x0f) + 1,
    tick: Math.round(tick),
  };
}
