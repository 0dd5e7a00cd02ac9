import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DaimonError } from '../../../errors.js';
import { PLAIN_NAME, shippedFolder, userFolder } from '../../../package.js';
import { writeWhole } from '../../atomic-file.js';
import { loadToml, type TomlFiles } from '../../toml-folder.js';
import { shortName } from '../ports/ports.js';
import { type ControlMap, parseMap } from './map-file.js';
import { mapText } from './map-text.js';

/** For controllers that have no map of their own, and for what comes in at our own port. */
export const DEFAULT_MAP = 'default';

/** Where maps are looked for. The player's come last: one of the same name stands in for the shipped one. */
export const mapFolders = (): readonly string[] => [shippedFolder('maps'), userFolder('maps')];

const MAP_FILES: TomlFiles<ControlMap> = {
  what: 'map',
  code: 'map',
  // 256 bindings of a hundred signs, and room for remarks
  maxBytes: 64 * 1024,
  // more controllers than anyone owns
  most: 128,
  parse: parseMap,
};

export interface Maps {
  readonly maps: readonly ControlMap[];
  readonly broken: readonly DaimonError[];
}

export async function loadMaps(folders: readonly string[] = mapFolders()): Promise<Maps> {
  const { found, broken } = await loadToml(folders, MAP_FILES);
  return { maps: [...found.values()], broken };
}

/** The map for a port: the one that names most of it, else the default; an empty one where that is missing. */
export function mapFor(maps: readonly ControlMap[], port: string): ControlMap {
  const named = (map: ControlMap): number =>
    map.port !== null && port.toLowerCase().includes(map.port.toLowerCase()) ? map.port.length : 0;
  const best = maps.reduce<ControlMap | null>(
    (found, map) => (named(map) > (found === null ? 0 : named(found)) ? map : found),
    null,
  );
  return best ?? maps.find(({ name }) => name === DEFAULT_MAP) ?? parseMap(DEFAULT_MAP, EMPTY, DEFAULT_MAP);
}

const EMPTY = 'title = "Empty"\nbindings = []';

/**
 * The map that what is learned at a port goes to: the port's own, or a new one of its name that goes on from the default,
 * which stays as it is for all others.
 */
export function ownMap(map: ControlMap, port: string): ControlMap {
  if (map.port !== null) return map;
  // without the numbers that the system gives, which change
  const own = shortName(port).replace(/ \d+$/, '').slice(0, 60);
  const name = own
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const isFree = PLAIN_NAME.test(name) && name !== DEFAULT_MAP;
  return { ...map, name: isFree ? name : 'controller', title: own, port: own };
}

/** Writes a map into the player's folder, in one move. Rejects with DaimonError `file` where that can't be. */
export async function saveMap(map: ControlMap, folder = userFolder('maps')): Promise<void> {
  if (!PLAIN_NAME.test(map.name)) throw new DaimonError('map', `${JSON.stringify(map.name)} can't name a map.`);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const sentence = `The folder ${folder} can't be made: look at the rights of the one it is in.`;
    throw new DaimonError('file', sentence, { cause });
  });
  await writeWhole(join(folder, `${map.name}.toml`), Buffer.from(mapText(map)));
}
