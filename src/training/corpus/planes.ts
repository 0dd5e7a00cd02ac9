import { CELLS, cell, PITCHES } from '../../music/roll.js';
import { STEPS_PER_BLOCK, step } from '../../music/units.js';
import type { GridNote, Line } from './grid.js';

/**
 * A block as bits: of each role in turn the sounding plane, then the onset plane, each 64 x 256 cells in the roll's
 * order; bit i of a plane is bit i % 8 (lowest first) of its byte i / 8.
 */
export type PackedBlock = Uint8Array;

const PLANE_BYTES = CELLS / 8;
export const ROLE_BYTES = 2 * PLANE_BYTES;

/**
 * Each role's notes of one block, moved by `transpose`; those that then lie outside the 64 pitches from `basePitch` are
 * left out.
 */
export function packBlock(roles: readonly Line[], basePitch: number, transpose: number): PackedBlock {
  const bits = new Uint8Array(roles.length * ROLE_BYTES);
  roles.forEach((notes, role) => {
    const own = roleOf(bits, role);
    for (const { onset, end, pitch } of notes) {
      const row = pitch + transpose - basePitch;
      if (row < 0 || row >= PITCHES) continue;
      for (let s: number = onset; s < end; s++) setBit(own, cell(row, s));
      setBit(own, CELLS + cell(row, onset));
    }
  });
  return bits;
}

/** The notes of one role of a packed block, by onset, then pitch. */
export function unpackNotes(bits: PackedBlock, role: number, basePitch: number): GridNote[] {
  const own = roleOf(bits, role);
  const notes: GridNote[] = [];
  for (let s = 0; s < STEPS_PER_BLOCK; s++) {
    for (let row = 0; row < PITCHES; row++) {
      if (!hasBit(own, CELLS + cell(row, s))) continue;
      let end = s + 1;
      while (end < STEPS_PER_BLOCK && hasBit(own, cell(row, end)) && !hasBit(own, CELLS + cell(row, end))) end++;
      notes.push({ onset: step(s), end: step(end), pitch: basePitch + row });
    }
  }
  return notes;
}

/** Fills all planes (16384 values each) with zeros and ones, in the order in which they are packed. */
export function unpackPlanes(bits: PackedBlock, into: Float32Array): void {
  into.fill(0);
  for (let i = 0; i < bits.length; i++) {
    for (let rest = bits[i], at = i * 8; rest !== 0; rest >>= 1, at++) into[at] = rest & 1;
  }
}

/** A view of one role's two planes. */
const roleOf = (bits: PackedBlock, role: number): PackedBlock =>
  bits.subarray(role * ROLE_BYTES, (role + 1) * ROLE_BYTES);

const setBit = (bits: Uint8Array, at: number): void => {
  bits[at >> 3] |= 1 << (at & 7);
};
const hasBit = (bits: Uint8Array, at: number): boolean => (bits[at >> 3] & (1 << (at & 7))) !== 0;
