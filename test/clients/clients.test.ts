import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { daimon, inFolder, Program } from '../support/program.js';
import { MAX_API, TOUCHDESIGNER } from './stubs.js';

const FOLDER = 'docs/clients';
const FILES = ['watch.py', 'touchdesigner.py', 'max/daimon.js'];
const python = process.env.PYTHON ?? 'python3';

/** The built program, playing by itself; each client in turn is run against it. */
describe('the clients in docs/clients', () => {
  let playing: Program;
  let port = '';
  before(async () => {
    playing = daimon(['start', '--clock', 'internal', '--bpm', '240', '--seed', '7', '--ws-port', '0']);
    [, port] = await playing.says(/ws:\/\/127\.0\.0\.1:(\d+)/);
  });
  after(() => playing.close());

  /** Runs a client until it has said all of these. */
  async function says(client: Program, ...patterns: readonly RegExp[]): Promise<void> {
    try {
      for (const pattern of patterns) await client.says(pattern);
    } finally {
      await client.close();
    }
  }

  it('are each under 60 lines', () => {
    for (const file of FILES) {
      const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n').length - 1;
      assert.ok(lines < 60, `${file} has ${lines}`);
    }
  });

  it('Python shows the place and the notes, turns what is named, and says what is refused', async () => {
    const run = (...words: string[]): Program =>
      new Program(python, [join(FOLDER, 'watch.py'), `port=${port}`, ...words]);
    await says(run('swing=62', 'scale=dorian', 'quantum=4 bars'), /bar \d+, beat \d, 240 BPM/, /channel 1, pitch \d+/);
    await says(run('swing=99'), /'code': 'parameter'.*swing is 99; it must be a number from 50 to 75/);
    await says(run('tempo=200', 'over=0.2'), /, 200 BPM/);
    await says(run('tempo=240'), /, 240 BPM/);
  });

  it('Max has notes, place and values at its outlet, and turns and chooses by its messages', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'max-api.js'), MAX_API);
      const env = { ...process.env, NODE_PATH: folder };
      const max = new Program(process.execPath, [join(FOLDER, 'max/daimon.js'), `ws://127.0.0.1:${port}`], { env });
      await max.says(/"value","swing",/);
      max.write('["set","swing",70]');
      await max.says(/\["value","swing",70\]/);
      max.write('["set","humanise",99]');
      max.write('["preset","hearth"]');
      await says(
        max,
        /\["note",\d+,\d+,\d+\]/,
        /\["position",\d+,\d\]/,
        /\["said","humanise is 99; it must be a whole number/,
        /\["block","hearth",7\]/,
      );
    }));

  it('TouchDesigner has the channels that sound and the place in its tables, and turns by a function', () =>
    inFolder(async (folder) => {
      const script = join(folder, 'stub.py');
      writeFileSync(script, TOUCHDESIGNER);
      await says(
        new Program(python, ['-u', script, resolve(FOLDER), port]),
        /daimon .*'clock', 'running'/,
        /daimon .*'bar', \d+/,
        /channels 17 rows, [1-9]\d* sound/,
        /daimon .*'swing', 55/,
      );
    }));
});
