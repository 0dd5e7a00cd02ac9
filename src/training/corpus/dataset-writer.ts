import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { DaimonError } from '../../errors.js';
import {
  type BlockOrigin,
  CRC_BYTES,
  type DatasetHeader,
  ENTRY_BYTES,
  MAGIC,
  PREAMBLE_BYTES,
  VERSION,
} from './dataset.js';
import type { PackedBlock } from './planes.js';

export interface DatasetBlock extends BlockOrigin {
  readonly bits: PackedBlock;
}

/**
 * Writes a dataset beside its place and moves it there when it is whole: a reader never meets half of one.
 * Throws DaimonError `file`.
 */
export function writeDataset(path: string, header: DatasetHeader, blocks: readonly DatasetBlock[]): void {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeParts(openSync(unfinished, 'w'), partsOf(header, blocks));
    renameSync(unfinished, path);
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished);
    const reason = error instanceof Error ? error.message : String(error);
    throw new DaimonError('file', `The dataset can't be written to ${path} (${reason}); choose another --out.`);
  }
}

function* partsOf(header: DatasetHeader, blocks: readonly DatasetBlock[]): Generator<Uint8Array> {
  const json = Buffer.from(JSON.stringify(header));
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  MAGIC.copy(preamble);
  preamble.writeUInt32LE(VERSION, 8);
  preamble.writeUInt32LE(json.length, 12);
  yield preamble;
  yield json;
  const entries = Buffer.alloc(blocks.length * ENTRY_BYTES);
  blocks.forEach(({ song, bar, transpose, heldOut }, i) => {
    entries.writeUInt32LE(song, i * ENTRY_BYTES);
    entries.writeUInt16LE(bar, i * ENTRY_BYTES + 4);
    entries.writeInt8(transpose, i * ENTRY_BYTES + 6);
    entries.writeUInt8(heldOut ? 1 : 0, i * ENTRY_BYTES + 7);
  });
  yield entries;
  for (const { bits } of blocks) yield bits;
}

function writeParts(file: number, parts: Iterable<Uint8Array>): void {
  try {
    let check = 0;
    for (const part of parts) {
      check = crc32(part, check);
      writeAll(file, part);
    }
    const end = Buffer.alloc(CRC_BYTES);
    end.writeUInt32LE(check);
    writeAll(file, end);
  } finally {
    closeSync(file);
  }
}

/** One write may take less than it was given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
