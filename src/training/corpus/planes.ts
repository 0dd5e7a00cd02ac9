import { CELLS, cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK, step } from '../../music/units.js';
import type { GridNote } from './grid.js';

/**
 * A block as bits: the sounding plane, then the onset plane, each 64 x 256 cells in the roll's order; bit i of a plane
 * is bit i % 8 (lowest first) of its byte i / 8.
 */
export type PackedBlock = Uint8Array;

const PLANE_BYTES = CELLS / 8;
export const BLOCK_BYTES = 2 * PLANE_BYTES;

/** Notes of one block, moved by `transpose`; those that then lie outside the 64 pitches from `basePitch` are left out. */
export function packBlock(notes: readonly GridNote[], basePitch: number, transpose: number): PackedBlock {
  const bits = new Uint8Array(BLOCK_BYTES);
  for (const { onset, end, pitch } of notes) {
    const row = pitch + transpose - basePitch;
    if (row < 0 || row >= PITCHES) continue;
    for (let s: number = onset; s < end; s++) setBit(bits, cell(row, s));
    setBit(bits, CELLS + cell(row, onset));
  }
  return bits;
}

/** The notes of a packed block, by onset, then pitch. */
export function unpackNotes(bits: PackedBlock, basePitch: number): GridNote[] {
  const notes: GridNote[] = [];
  for (let s = 0; s < STEPS_PER_BLOCK; s++) {
    for (let row = 0; row < PITCHES; row++) {
      if (!hasBit(bits, CELLS + cell(row, s))) continue;
      let end = s + 1;
      while (end < STEPS_PER_BLOCK && hasBit(bits, cell(row, end)) && !hasBit(bits, CELLS + cell(row, end))) end++;
      notes.push({ onset: step(s), end: step(end), pitch: basePitch + row });
    }
  }
  return notes;
}

/** Fills both planes (16384 values each) with zeros and ones. */
export function unpackPlanes(bits: PackedBlock, sounding: Float32Array, onset: Float32Array): void {
  unpackPlane(bits, 0, sounding);
  unpackPlane(bits, PLANE_BYTES, onset);
}

function unpackPlane(bits: PackedBlock, from: number, plane: Float32Array): void {
  plane.fill(0);
  for (let i = 0; i < PLANE_BYTES; i++) {
    const byte = bits[from + i];
    for (let rest = byte, at = i * 8; rest !== 0; rest >>= 1, at++) plane[at] = rest & 1;
  }
}

const setBit = (bits: Uint8Array, at: number): void => {
  bits[at >> 3] |= 1 << (at & 7);
};
const hasBit = (bits: Uint8Array, at: number): boolean => (bits[at >> 3] & (1 << (at & 7))) !== 0;
