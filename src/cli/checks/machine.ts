import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:net';
import { release } from 'node:os';
import { dirname } from 'node:path';
import { DEFAULT_PORT } from '../../bridge/control/protocol.js';
import { userFolder } from '../../package.js';
import { type Check, fails, limited, reasonOf, works } from './check.js';

/** Where the libraries that daimon is built on are tested by their makers. */
const PLATFORMS = ['linux x64', 'linux arm64', 'darwin x64', 'darwin arm64', 'win32 x64', 'win32 arm64'];

export function checkNode(): Check {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? works('Node', process.version)
    : fails('Node', `${process.version} is too old`, 'Install Node 20.19 or later, from https://nodejs.org.');
}

export function checkPlatform(): Check {
  const platform = `${process.platform} ${process.arch}`;
  return PLATFORMS.includes(platform)
    ? works('platform', `${platform}, ${release()}`)
    : limited('platform', `${platform}, on which nobody has tried daimon`, 'See what the other lines say.');
}

/** Whether the WebSocket could listen where it does by default. */
export function checkPort(port: number = DEFAULT_PORT): Promise<Check> {
  const name = 'WebSocket port';
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => {
      done(
        limited(
          name,
          `${port} can't be had (${reasonOf(error)})`,
          'daimon then takes any other port and says which; --ws-port names one.',
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => server.close(() => done(works(name, `${port} is free`))));
  });
}

/** The player's folders need not be there; it must be possible to make them. */
export async function checkUserFolder(kind: 'presets' | 'models'): Promise<Check> {
  const folder = userFolder(kind);
  const name = `your ${kind}`;
  const blocked = await whatBlocks(folder);
  return blocked === null
    ? works(name, folder)
    : limited(name, `${folder} can't be written to`, `Make ${blocked} writable for yourself.`);
}

/** Null where a folder is writable or can be made, else the nearest folder above it that stands in the way. */
async function whatBlocks(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing && dirname(folder) !== folder ? whatBlocks(dirname(folder)) : folder;
  }
}
