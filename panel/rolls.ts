/** A roll's probabilities out of a binary frame; docs/protocol.md has it byte by byte. */
export interface Roll {
  readonly place: 'plays' | 'next';
  readonly basePitch: number;
  readonly pitches: number;
  readonly steps: number;
  /** The song's bar on which its block begins. */
  readonly bar: number;
  readonly seed: number;
  /** How likely the likeliest role sounds there, 0..255: pitch after pitch, and of each step after step. */
  readonly sounding: Uint8Array;
}

const FORMAT = 1;
const VERSION = 1;
const HEADER_BYTES = 24;

/** Null for a frame of another kind. */
export function readRoll(frame: ArrayBuffer): Roll | null {
  const view = new DataView(frame);
  if (view.getUint8(0) !== FORMAT || view.getUint8(1) !== VERSION) return null;
  const [roles, planes, pitches, steps] = [
    view.getUint8(3),
    view.getUint8(4),
    view.getUint8(6),
    view.getUint16(8, true),
  ];
  const cells = pitches * steps;
  const sounding = new Uint8Array(cells);
  for (let role = 0; role < roles; role++) {
    const plane = new Uint8Array(frame, HEADER_BYTES + role * planes * cells, cells);
    for (let cell = 0; cell < cells; cell++) sounding[cell] = Math.max(sounding[cell], plane[cell]);
  }
  return {
    place: view.getUint8(2) === 0 ? 'plays' : 'next',
    basePitch: view.getUint8(5),
    pitches,
    steps,
    bar: view.getUint32(16, true),
    seed: view.getUint32(20, true),
    sounding,
  };
}

/** The roll as a picture, a pixel to a cell, the lowest pitch at the bottom. */
export function hazeOf({ pitches, steps, sounding }: Roll): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [steps, pitches];
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(steps, pitches);
  for (let pitch = 0; pitch < pitches; pitch++) {
    for (let step = 0; step < steps; step++) {
      const at = 4 * ((pitches - 1 - pitch) * steps + step);
      image.data.set([140, 170, 255, sounding[pitch * steps + step] * 0.55], at);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** By how many semitones notes were moved from where the model drew them: where they are likeliest. */
export function shiftOf(roll: Roll, notes: readonly { readonly onset: number; readonly pitch: number }[]): number {
  const ticksPerStep = 120;
  let [best, shift] = [-1, 0];
  for (let moved = -36; moved <= 36; moved++) {
    let sum = 0;
    for (const { onset, pitch } of notes) {
      const row = pitch - moved - roll.basePitch;
      const step = Math.round(onset / ticksPerStep);
      if (row >= 0 && row < roll.pitches) sum += roll.sounding[row * roll.steps + step] ?? 0;
    }
    // of two that fit alike, the one that moves less
    if (sum > best || (sum === best && Math.abs(moved) < Math.abs(shift))) [best, shift] = [sum, moved];
  }
  return shift;
}
