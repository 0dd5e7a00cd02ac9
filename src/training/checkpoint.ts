import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DaimonError } from '../errors.js';
import { seed } from '../music/random.js';
import type { TrainingState } from './recipes/adam.js';
import { replaceFile } from './writing.js';

/**
 * A training that can go on: 8 bytes magic, 4 bytes length of the header (little-endian), the header as JSON, then
 * the arrays it lists, float32, one after the other.
 */
const MAGIC = Buffer.from('DAIMONCK', 'latin1');
const PREAMBLE = MAGIC.length + 4;

/** What decides the numbers; a training may only be resumed under the same. */
const settingsSchema = z.strictObject({
  recipe: z.enum(['dcgan', 'vaegan']),
  width: z.int(),
  latentChannels: z.int(),
  batch: z.int(),
  divergence: z.number(),
  transpose: z.int().nonnegative(),
  same: z.number(),
  temperature: z.number(),
  /** Steps of each phase, in order. */
  phases: z.record(z.string(), z.int().nonnegative()),
  seed: z.int().transform(seed),
  /** The dataset's checksum. */
  dataset: z.int(),
});

const headerSchema = z.strictObject({
  settings: settingsSchema,
  /** Steps done. */
  step: z.int().nonnegative(),
  /** Time spent so far, in all sessions. */
  seconds: z.number().nonnegative(),
  arrays: z.array(z.tuple([z.string(), z.int().nonnegative()])),
});

export type TrainingSettings = z.infer<typeof settingsSchema>;

export interface Checkpoint {
  readonly settings: TrainingSettings;
  readonly step: number;
  readonly seconds: number;
  readonly state: TrainingState;
}

export function saveCheckpoint(path: string, { settings, step, seconds, state }: Checkpoint): void {
  const arrays = Object.entries(state);
  const header = Buffer.from(
    JSON.stringify({ settings, step, seconds, arrays: arrays.map(([name, values]) => [name, values.length]) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bodies = arrays.map(([, v]) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  replaceFile(path, Buffer.concat([MAGIC, length, header, ...bodies]));
}

/** Null where there is none yet. Throws DaimonError `training` where it is damaged or was begun with other settings. */
export function loadCheckpoint(path: string, wanted: TrainingSettings): Checkpoint | null {
  const bytes = readIfThere(path);
  if (!bytes) return null;
  const header = parse(bytes);
  if (!header) {
    throw new DaimonError('training', `${path} is damaged; delete it to begin anew, or choose another --out.`);
  }
  for (const key of Object.keys(wanted) as (keyof TrainingSettings)[]) {
    const [before, now] = [header.settings[key], wanted[key]].map((value) => JSON.stringify(value));
    if (before !== now) {
      const change = `${key} ${before}, and now ${key} ${now} is asked for`;
      throw new DaimonError(
        'training',
        `${path} was begun with ${change}; give the same again, or choose another --out.`,
      );
    }
  }
  const state: TrainingState = {};
  let at = PREAMBLE + bytes.readUInt32LE(MAGIC.length);
  for (const [name, length] of header.arrays) {
    // copied: arrays begin at any byte of the file, Float32Array wants a multiple of four
    state[name] = new Float32Array(Uint8Array.from(bytes.subarray(at, at + 4 * length)).buffer);
    at += 4 * length;
  }
  return { settings: header.settings, step: header.step, seconds: header.seconds, state };
}

function parse(bytes: Buffer): z.infer<typeof headerSchema> | null {
  if (bytes.length < PREAMBLE || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const end = PREAMBLE + bytes.readUInt32LE(MAGIC.length);
  try {
    const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', PREAMBLE, end)));
    const floats = header.arrays.reduce((sum, [, length]) => sum + length, 0);
    return bytes.length === end + 4 * floats ? header : null;
  } catch {
    return null;
  }
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new DaimonError('file', `${path} can't be read (${String(error)}); check its permissions.`, { cause: error });
  }
}
