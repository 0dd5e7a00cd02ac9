import { readFileSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { DaimonError } from '../../errors.js';
import { MAX_ROLES, PITCHES, ROLE_NAME } from '../../music/roll.js';
import { STEPS_PER_BLOCK } from '../../music/units.js';
import { type Line, mergeRoles } from './grid.js';
import { KEY_MODES } from './key.js';
import { ROLE_BYTES, unpackNotes, unpackPlanes } from './planes.js';

/**
 * A dataset file, all numbers little-endian:
 *
 *     8 bytes   MAGIC: a byte above 127, 'DMN', and line ends that a text-mode copy would spoil (after PNG's)
 *     4         version
 *     4         length of the header
 *     ...       header, JSON in UTF-8
 *     8 each    for each block: song (4), its first bar in the song (2), semitones moved (1, signed), held out (1)
 *     4096 each for each block and each of its roles: the blocks, in the same order, as planes.ts packs them
 *     4         CRC-32 of all before
 */
export const MAGIC = Buffer.from('\x89DMN\r\n\x1a\n', 'latin1');
export const VERSION = 2;
export const PREAMBLE_BYTES = 16;
export const ENTRY_BYTES = 8;
export const CRC_BYTES = 4;
/** Blocks times roles: one read of Node's takes up to 2 GiB. */
export const MAX_ROLE_BLOCKS = 500_000;

const count = z.int().nonnegative();

const tallySchema = z.strictObject({
  onsets: count,
  drums: count,
  outside: count,
  merged: count,
  otherMeter: count,
  unused: count,
  kept: count,
  lost: z.int(),
});

export const headerSchema = z.strictObject({
  format: z.literal('daimon dataset'),
  /** The parts of the music, each with two planes: sounding and onset. */
  roles: z.array(z.string().regex(ROLE_NAME)).min(1).max(MAX_ROLES),
  pitches: z.literal(PITCHES),
  steps: z.literal(STEPS_PER_BLOCK),
  /** MIDI pitch of the lowest row. */
  basePitch: z
    .int()
    .min(0)
    .max(128 - PITCHES),
  /** What was done about keys; a song's own move stands with each of its blocks. */
  key: z.enum(KEY_MODES),
  /** Bars between the windows of a song. */
  hop: z.int().positive(),
  drums: z.boolean(),
  /** Songs of 2, 4 or 8 bars were repeated to fill a block. */
  loops: z.boolean(),
  /** Share of the songs held out, and the seed that chose them. */
  split: z.number().min(0).max(0.9),
  seed: count,
  blocks: count.max(MAX_ROLE_BLOCKS),
  files: z.strictObject({ read: count, skipped: count }),
  onsets: tallySchema,
  /** The files that gave a block, in the order of the blocks' song numbers. */
  songs: z.array(z.strictObject({ name: z.string(), heldOut: z.boolean() })),
});

export type DatasetHeader = z.infer<typeof headerSchema>;

/** Where a block comes from. */
export interface BlockOrigin {
  /** Index into the header's songs. */
  readonly song: number;
  /** Bars from the song's beginning, rounded down. */
  readonly bar: number;
  /** Semitones added. */
  readonly transpose: number;
  readonly heldOut: boolean;
}

export interface Dataset {
  readonly header: DatasetHeader;
  readonly count: number;
  /** CRC-32 of the blocks and where they come from: tells one dataset from another. */
  readonly checksum: number;
  /** Indices of the blocks to train on. */
  readonly training: Uint32Array;
  /** Indices of the blocks of the songs held out. */
  readonly heldOut: Uint32Array;
  origin(index: number): BlockOrigin;
  /** Of each block: two for each role. */
  readonly planes: number;
  /** Fills all planes, 64 x 256 zeros and ones each, cells as in a roll: of each role in turn sounding, then onset. */
  unpack(index: number, into: Float32Array): void;
  /** The block's notes of all roles together, by onset, then pitch, transposed as it is. */
  notes(index: number): Line;
  /** Those of one role, by its place in the header. */
  notesOf(index: number, role: number): Line;
}

/** Reads a whole dataset into memory. Throws DaimonError `dataset` where it is missing, cut short or damaged. */
export function openDataset(path: string): Dataset {
  const bytes = readWhole(path);
  const refuse = (what: string): DaimonError =>
    new DaimonError('dataset', `${path} ${what}; make it again with 'daimon data'.`);
  if (bytes.length < PREAMBLE_BYTES + CRC_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw refuse('is not a dataset of daimon');
  }
  const version = bytes.readUInt32LE(8);
  if (version !== VERSION) throw refuse(`is a dataset of version ${version}, and this daimon reads version ${VERSION}`);
  const entriesAt = PREAMBLE_BYTES + bytes.readUInt32LE(12);
  const end = bytes.length - CRC_BYTES;
  if (entriesAt > end || crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) {
    throw refuse('is cut short or damaged (its checksum is wrong)');
  }
  const header = parseHeader(bytes.toString('utf8', PREAMBLE_BYTES, entriesAt));
  const blocksAt = entriesAt + (header?.blocks ?? 0) * ENTRY_BYTES;
  if (header === undefined || blocksAt + header.blocks * header.roles.length * ROLE_BYTES !== end) {
    throw refuse('has a header that does not fit it');
  }
  return datasetOf(
    header,
    bytes.subarray(entriesAt, blocksAt),
    bytes.subarray(blocksAt, end),
    crc32(bytes.subarray(entriesAt, end)),
  );
}

function readWhole(path: string): Buffer {
  try {
    if (!statSync(path).isFile()) throw new Error('it is not a file');
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DaimonError('dataset', `The dataset ${path} can't be read (${reason}); make one with 'daimon data'.`);
  }
}

function parseHeader(json: string): DatasetHeader | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

function datasetOf(header: DatasetHeader, entries: Buffer, blocks: Uint8Array, checksum: number): Dataset {
  const origin = (index: number): BlockOrigin => ({
    song: entries.readUInt32LE(index * ENTRY_BYTES),
    bar: entries.readUInt16LE(index * ENTRY_BYTES + 4),
    transpose: entries.readInt8(index * ENTRY_BYTES + 6),
    heldOut: entries.readUInt8(index * ENTRY_BYTES + 7) === 1,
  });
  const size = header.roles.length * ROLE_BYTES;
  const bits = (index: number): Uint8Array => blocks.subarray(index * size, (index + 1) * size);
  const notesOf = (index: number, role: number): Line => unpackNotes(bits(index), role, header.basePitch);
  const all = Array.from({ length: header.blocks }, (_, i) => i);
  return {
    header,
    count: header.blocks,
    checksum,
    training: Uint32Array.from(all.filter((i) => !origin(i).heldOut)),
    heldOut: Uint32Array.from(all.filter((i) => origin(i).heldOut)),
    origin,
    planes: 2 * header.roles.length,
    unpack: (index, into) => unpackPlanes(bits(index), into),
    notes: (index) => mergeRoles(header.roles.map((_, role) => notesOf(index, role))),
    notesOf,
  };
}
