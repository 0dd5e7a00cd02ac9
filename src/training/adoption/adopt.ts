import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { briefly } from '../../engine/backends/backend.js';
import { openBackend } from '../../engine/backends/open.js';
import { type Bundle, MAX_NETWORK_BYTES, readBundle, sha256Of, writeCard } from '../../engine/bundle.js';
import { placeBundle } from '../../engine/bundle-folder.js';
import type { Card } from '../../engine/card.js';
import { Drawer } from '../../engine/drawer.js';
import { DaimonError } from '../../errors.js';
import { type PianoRoll, rollOf, WHOLE } from '../../music/roll.js';
import { type Density, densityOf, densityText, isSensible, readingOf } from './density.js';
import { type Draws, drawRolls } from './draws.js';
import { extentOf, numbersOf, probabilityOf } from './numbers.js';
import { type Signature, signatureOf } from './signature.js';
import { tailored } from './tailored.js';

/** A generator that was trained elsewhere, and what its user knows of it. */
export interface Foundling {
  /** An ONNX file. */
  readonly file: string;
  readonly name: string;
  readonly title: string;
  /** MIDI pitch of the roll's lowest row. */
  readonly basePitch: number;
  /** Names of its roles, two planes each; null where the music is not taken apart. */
  readonly roles: readonly string[] | null;
  readonly source: string;
  readonly licence: string;
  readonly command: string;
}

export interface Adopted {
  readonly bundle: Bundle;
  /** As its card has it read. */
  readonly density: Density;
  /** As models are read by default. */
  readonly usual: Density;
}

/**
 * Looks at a generator, measures what it draws, and makes a bundle of it in a root of bundles, which is tried out as the
 * daemon would before anybody can see it. Throws DaimonError `file` where it can't be read or written, `model` where it
 * could not be played, `backend` where nothing here runs it.
 */
export async function adopt(foundling: Foundling, root: string, replace: boolean): Promise<Adopted> {
  const { file, name, title, basePitch, source, licence, command } = foundling;
  const onnx = await readOnnx(file);
  const signature = signatureOf(onnx, file);
  const drawn = await drawnBy(onnx, signature, file);
  const extent = extentOf(drawn.rolls);
  const numbers = numbersOf(extent, signature.last, file);
  const roles = rolesOf(foundling, drawn.planes);
  const shape = { basePitch, planes: drawn.planes, roles: roles ?? [WHOLE] };
  const rolls = drawn.rolls.map((roll) => rollOf(roll.map(probabilityOf[numbers]), shape));
  const decoding = readingOf(rolls);
  const [usual, density] = [densityOf(rolls, {}), densityOf(rolls, decoding)];
  const { onnx: generator, changes } = tailored(onnx, signature, numbers, extent);
  const card: Card = {
    format: 1,
    name,
    title,
    architecture: {
      kind: 'foreign',
      latent: { channels: signature.channels, rows: 2, columns: 8 },
      planes: drawn.planes,
      ...(roles && { roles: [...roles] }),
      basePitch,
    },
    decoding,
    added: {
      file: basename(file),
      sha256: sha256Of(onnx),
      date: new Date().toISOString().slice(0, 10),
      command,
      source,
      licence,
      changes: [...changes],
    },
    figures: {},
    weaknesses: weaknessesOf(rolls, density, drawn.listens, signature.flat),
    files: { generator: sha256Of(generator) },
  };
  const folder = await placeBundle(root, name, replace, async (draft, drafts) => {
    await writeFile(join(draft, 'generator.onnx'), generator);
    await writeCard(draft, card);
    await (await Drawer.open({ model: name, roots: [drafts], backend: 'onnx', provider: null })).close();
  });
  return { bundle: await readBundle(folder), density, usual };
}

async function readOnnx(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > MAX_NETWORK_BYTES) {
      const most = `a network may have ${MAX_NETWORK_BYTES}`;
      throw new DaimonError('model', `${file} has ${size} bytes, and ${most}: export it smaller, or in float32.`);
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof DaimonError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DaimonError('file', `${file} can't be read (${reason}): name an ONNX file.`, { cause });
  }
}

async function drawnBy(onnx: Uint8Array, signature: Signature, file: string): Promise<Draws> {
  const backend = await openBackend('onnx', null);
  try {
    const network = await backend.load(onnx);
    return await drawRolls(network, signature, file).finally(() => network.close());
  } catch (cause) {
    if (cause instanceof DaimonError && cause.cause === undefined) throw cause;
    const advice = "export it in operators of ONNX's own, of an opset that onnxruntime knows";
    throw new DaimonError('model', `${file} can't be run here (${briefly(cause)}): ${advice}.`, { cause });
  }
}

/** Null for music that is not taken apart. */
function rolesOf({ file, roles }: Foundling, planes: number): Card['architecture']['roles'] | null {
  const count = planes / 2;
  if (roles !== null && roles.length !== count) {
    const has = planes === 1 ? 'one plane, and so no roles' : `${planes} planes, and so ${count} of them`;
    throw new DaimonError(
      'model',
      `--roles names ${roles.length}, but ${file} has ${has}: name as many, or leave it out.`,
    );
  }
  if (planes <= 2 && roles === null) return null;
  return (roles ?? Array.from({ length: count }, (_, i) => `part ${i + 1}`)).map((name) => ({ name, voices: null }));
}

/** What a musician would come to notice. */
function weaknessesOf(rolls: readonly PianoRoll[], density: Density, listens: boolean, flat: boolean): string[] {
  const noise = `blocks drawn from ${rolls.length} noises`;
  return [
    ...(isSensible(density) ? [] : [`No threshold makes music of it: ${densityText(density)} in ${noise}.`]),
    ...(listens ? [] : ['It draws the same block from every latent.']),
    ...(flat ? ['Its latent is one row of numbers: a column of it steers no bars of its own.'] : []),
  ];
}
