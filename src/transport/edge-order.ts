import type { Edge } from './edge.js';

export const isNoteOn = (edge: Edge): boolean => (edge.status & 0xf0) === NOTE_ON && edge.data2 > 0;

/**
 * Playing order: by time, and at one moment so that each message finds what it builds on. Offs come first, or the off
 * of one note would end the next of its pitch; then bank and program, which set controllers back in many instruments;
 * then whatever shapes the sound; then the notes that are struck with all this. Of equals the order they were in stays.
 */
export const byPlaying = (a: Edge, b: Edge): number => a.tick - b.tick || rank(a) - rank(b);

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const CONTROLLER = 0xb0;
const PROGRAM = 0xc0;
const BANK_MSB = 0;
const BANK_LSB = 32;

function rank(edge: Edge): number {
  if (isNoteOn(edge)) return 5;
  switch (edge.status & 0xf0) {
    case NOTE_OFF:
    case NOTE_ON:
      return 0;
    case CONTROLLER:
      return edge.data1 === BANK_MSB ? 1 : edge.data1 === BANK_LSB ? 2 : 4;
    case PROGRAM:
      return 3;
    default:
      return 4;
  }
}
