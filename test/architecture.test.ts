import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { codeOnly, importsAtRunTime, importsOf } from './support/imports.js';

/** What each room may import besides itself and src/errors.ts. The order is the way that imports run. */
const MAY_IMPORT = {
  cli: ['daemon', 'bridge', 'transport', 'engine', 'training', 'smf', 'music', 'program'],
  daemon: ['bridge', 'transport', 'engine', 'music', 'program'],
  training: ['engine', 'smf', 'music', 'program'],
  bridge: ['transport', 'music', 'program'],
  engine: ['music', 'program'],
  transport: ['music'],
  smf: ['music'],
  music: [],
  program: [],
  errors: [],
} as const satisfies Record<string, readonly string[]>;
type Room = keyof typeof MAY_IMPORT;

/** Files of src/ itself that are not a room: what the program knows of its package, and words for its user. */
const PROGRAM = ['package.ts', 'suggest.ts'];

/** Where no clock, no chance and no world may reach. */
const PURE: readonly Room[] = ['music', 'transport'];
const IMPURE =
  /\b(?:Date\b|performance\b|Math\.random\b|setTimeout\b|setInterval\b|setImmediate\b|process\.|console\.)/;
const LINES = 300;

interface Source {
  readonly path: string;
  readonly room: Room;
  readonly text: string;
}

function roomOf(path: string): Room {
  const [first, second] = path.split('/');
  const room = second !== undefined ? first : PROGRAM.includes(path) ? 'program' : path.replace(/\.ts$/, '');
  assert.ok(room !== undefined && Object.hasOwn(MAY_IMPORT, room), `src/${path} is in no room of ARCHITECTURE.md`);
  return room as Room;
}

const tree = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'));

const sources: readonly Source[] = tree('src').map((path) => ({
  path,
  room: roomOf(path),
  text: readFileSync(join('src', path), 'utf8'),
}));

/** The files of src/ that a source imports, as paths under src/. */
const filesOf = (source: Source): string[] =>
  importsOf(source.text)
    .filter((name) => name.startsWith('.'))
    .map((name) =>
      normalize(join(dirname(source.path), name))
        .replaceAll('\\', '/')
        .replace(/\.js$/, '.ts'),
    )
    .filter((path) => !path.startsWith('..'));

const packagesOf = (source: Source): string[] => importsOf(source.text).filter((name) => !name.startsWith('.'));

describe('architecture', () => {
  it('imports run one way: cli, daemon, bridge, transport, music, with engine and transport strangers', () => {
    const wrong = sources.flatMap((source) => {
      const allowed: readonly string[] = [source.room, 'errors', ...MAY_IMPORT[source.room]];
      return filesOf(source)
        .filter((file) => !allowed.includes(roomOf(file)))
        .map((file) => `src/${source.path} imports src/${file}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('every relative import is a file of src', () => {
    const known = new Set(sources.map((source) => source.path));
    const lost = sources.flatMap((source) =>
      filesOf(source)
        .filter((file) => !known.has(file))
        .map((file) => `src/${source.path}: ${file}`),
    );
    assert.deepEqual(lost, []);
  });

  it('playing never loads training: no file that the start command reaches is in it', () => {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const reached = new Set<string>();
    const visit = (path: string): void => {
      const source = byPath.get(path);
      if (source === undefined || reached.has(path)) return;
      reached.add(path);
      for (const file of filesOf(source)) visit(file);
    };
    visit('cli/start.ts');
    assert.ok([...reached].some((path) => roomOf(path) === 'daemon'));
    assert.deepEqual(
      [...reached].filter((path) => roomOf(path) === 'training'),
      [],
    );
  });

  it('music and transport import no package and no part of node', () => {
    const wrong = sources
      .filter((source) => PURE.includes(source.room))
      .flatMap((source) => packagesOf(source).map((name) => `src/${source.path} imports ${name}`));
    assert.deepEqual(wrong, []);
  });

  it('music and transport read no clock, throw no dice and set no timer', () => {
    const wrong = sources
      .filter((source) => PURE.includes(source.room))
      .flatMap((source) => {
        const found = codeOnly(source.text).match(IMPURE)?.[0];
        return found === undefined ? [] : [`src/${source.path} uses ${found}`];
      });
    assert.deepEqual(wrong, []);
  });

  it('the panel knows types of the protocol, and nothing of the program at run time', () => {
    const wrong = tree('panel').flatMap((path) =>
      importsAtRunTime(readFileSync(join('panel', path), 'utf8'))
        .filter((name) => !/^\.\/[a-z-]+\.js$/.test(name))
        .map((name) => `panel/${path} imports ${name}`),
    );
    assert.deepEqual(wrong, []);
  });

  it(`no file is longer than ${LINES} lines`, () => {
    const long = ['src', 'test', 'panel']
      .flatMap((folder) => tree(folder).map((path) => join(folder, path)))
      .map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > LINES);
    assert.deepEqual(long, []);
  });

  it('every file that makes a command is registered in src/cli/main.ts', () => {
    const main = sources.find((source) => source.path === 'cli/main.ts')!;
    const registered = filesOf(main);
    const forgotten = sources
      .filter(
        ({ path, room, text }) => room === 'cli' && path !== 'cli/main.ts' && /\bnew Command\(/.test(codeOnly(text)),
      )
      .map(({ path }) => path)
      .filter((path) => !registered.includes(path));
    assert.deepEqual(forgotten, []);
  });

  it('packages are imported only if package.json names them as needed to run', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const { dependencies, optionalDependencies, peerDependencies } = manifest;
    const named = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    const wrong = sources.flatMap((source) =>
      importsAtRunTime(source.text)
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
        .filter((name) => !named.some((known) => name === known || name.startsWith(`${known}/`)))
        .map((name) => `src/${source.path} imports ${name}`),
    );
    assert.deepEqual(wrong, []);
  });
});
