import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

const root = new URL('../', import.meta.url);

/** What the package brings along: a folder beside `dist`, such as `presets` or `models`. */
export const shippedFolder = (name: string): string => fileURLToPath(new URL(name, root));

/** The player's own folders, where the system keeps such things. Nothing makes them but the player. */
export const userFolder = (name: 'presets' | 'maps' | 'models' | 'captures'): string => {
  const paths = envPaths('daimon', { suffix: '' });
  return join(name === 'presets' || name === 'maps' ? paths.config : paths.data, name);
};

/**
 * What may name a preset or a model, and so its file or folder: the same on every file system, nothing that leads
 * elsewhere, and none of the devices that Windows has in every folder.
 */
export const PLAIN_NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,63}$/;

const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

export const VERSION: string =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';
