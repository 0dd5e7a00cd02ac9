import { createHash } from 'node:crypto';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DaimonError } from '../errors.js';
import { shippedFolder, userFolder } from '../package.js';
import { didYouMean } from '../suggest.js';
import { type Card, MODEL_NAME, parseCard } from './card.js';
import { type ModelKnobs, parseKnobs } from './knobs/knobs.js';

/** A folder NAME/ with `card.json`, `generator.onnx` and maybe `prior.onnx`, `encoder.onnx` and `knobs.json`. */
export interface Bundle {
  readonly folder: string;
  readonly card: Card;
  /** All that its card names together, in bytes. */
  readonly size: number;
}

export type Found =
  | { readonly kind: 'sound'; readonly name: string; readonly bundle: Bundle }
  | { readonly kind: 'damaged'; readonly name: string; readonly folder: string; readonly reason: string };

/** The networks of a bundle as ONNX files. */
export interface Weights {
  readonly generator: Uint8Array;
  readonly prior: Uint8Array | null;
  readonly encoder: Uint8Array | null;
}

// a card is a page of text; the original generator at its full width, 128, is 44 MB
const MAX_CARD_BYTES = 1 << 20;
export const MAX_NETWORK_BYTES = 1 << 29;
// a few dozen directions of up to 2048 numbers
const MAX_KNOBS_BYTES = 1 << 22;

export const KNOBS_FILE = 'knobs.json';

/** Folders of bundles, in the order they are searched. A name found twice is the first's. */
export const modelRoots = (modelsDir: string | null): readonly string[] => [
  ...(modelsDir === null ? [] : [modelsDir]),
  userFolder('models'),
  shippedFolder('models'),
];

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every bundle in reach, by name; a damaged one is told, not thrown. */
export async function listBundles(roots: readonly string[]): Promise<readonly Found[]> {
  const byName = new Map<string, Found>();
  for (const root of roots) {
    const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
    for (const { name } of entries.filter((entry) => !entry.isFile() && MODEL_NAME.test(entry.name))) {
      if (!byName.has(name)) byName.set(name, await look(join(root, name), name));
    }
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws DaimonError `model` when there is none of that name, or when it is damaged. */
export async function findBundle(name: string, roots: readonly string[]): Promise<Bundle> {
  if (!MODEL_NAME.test(name)) {
    throw new DaimonError('model', `"${name}" can't name a model: use lower case letters, digits and hyphens.`);
  }
  for (const root of roots) {
    const folder = join(root, name);
    if (await isFolder(folder)) return readBundle(folder);
  }
  const names = (await listBundles(roots)).map((found) => found.name);
  const here =
    names.length > 0 ? `'daimon models' lists those that are here` : `it was looked for in ${roots.join(', ')}`;
  throw new DaimonError('model', `There is no model "${name}": ${here}.${didYouMean(name, names)}`);
}

/** Throws DaimonError `model`. */
export async function readBundle(folder: string): Promise<Bundle> {
  const path = join(folder, 'card.json');
  const card = parseCard(parseJson(await readBounded(path, MAX_CARD_BYTES), path), path);
  if (card.name !== basename(folder)) {
    throw new DaimonError('model', `${path} says "${card.name}", but its folder has another name: rename the folder.`);
  }
  const sizes = await Promise.all(filesOf(card).map(async (file) => (await statFile(join(folder, file))).size));
  return { folder, card, size: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Reads the networks and holds them against the card's checksums. Throws DaimonError `model`. */
export async function readWeights(bundle: Bundle): Promise<Weights> {
  const { generator, prior, encoder } = bundle.card.files;
  const read = (file: string, expected: string): Promise<Uint8Array> =>
    readChecked(bundle, file, expected, MAX_NETWORK_BYTES);
  return {
    generator: await read('generator.onnx', generator),
    prior: prior === undefined ? null : await read('prior.onnx', prior),
    encoder: encoder === undefined ? null : await read('encoder.onnx', encoder),
  };
}

/** The knobs of a model that has some. Throws DaimonError `model`. */
export async function readKnobs(bundle: Bundle): Promise<ModelKnobs | null> {
  const { card, folder } = bundle;
  if (card.files.knobs === undefined) return null;
  const path = join(folder, KNOBS_FILE);
  const bytes = await readChecked(bundle, KNOBS_FILE, card.files.knobs, MAX_KNOBS_BYTES);
  return parseKnobs(parseJson(bytes, path), path, card.architecture.latent);
}

async function readChecked({ folder }: Bundle, file: string, expected: string, limit: number): Promise<Uint8Array> {
  const path = join(folder, file);
  const bytes = await readBounded(path, limit);
  if (sha256Of(bytes) === expected) return bytes;
  throw new DaimonError('model', `${path} is not the file its card tells of: fetch or train the model again.`);
}

/** Writes `card.json` into a bundle's folder, in one move. Throws DaimonError `model` when a field is wrong. */
export async function writeCard(folder: string, card: Card): Promise<void> {
  const path = join(folder, 'card.json');
  await writeFile(`${path}.part`, `${JSON.stringify(parseCard(card, path), null, 2)}\n`);
  await rename(`${path}.part`, path);
}

const filesOf = (card: Card): readonly string[] =>
  Object.keys(card.files).map((part) => (part === 'knobs' ? KNOBS_FILE : `${part}.onnx`));

async function look(folder: string, name: string): Promise<Found> {
  try {
    return { kind: 'sound', name, bundle: await readBundle(folder) };
  } catch (error) {
    if (error instanceof DaimonError) return { kind: 'damaged', name, folder, reason: error.message };
    throw error;
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const statFile = (path: string) =>
  stat(path).catch((cause: unknown) => {
    throw new DaimonError('model', `${path} is missing or can't be read: fetch or train the model again.`, { cause });
  });

async function readBounded(path: string, limit: number): Promise<Uint8Array> {
  const { size } = await statFile(path);
  if (size > limit)
    throw new DaimonError('model', `${path} is larger (${size} bytes) than such a file may be: ${limit}.`);
  return readFile(path).catch((cause: unknown) => {
    throw new DaimonError('model', `${path} can't be read: look at its rights, or fetch the model again.`, { cause });
  });
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new DaimonError('model', `${path} is not JSON: fetch or train the model again.`, { cause });
  }
}
