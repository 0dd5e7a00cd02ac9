import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { messageSchema } from '#daimon/bridge/control/protocol.js';
import { isTold, STATE_NAMES, standing, TOLD, type Told, toldOf } from '#daimon/bridge/osc/told.js';
import { CONTROLS, HELLO, STATE } from '../../support/control.js';

const shown = (told: readonly Told[]): readonly string[] =>
  told.map(({ address, args }) => [address, ...args.map(({ value }) => value)].join(' '));

describe('what is told over OSC', () => {
  it('is each value, and where a fader on it stands', () => {
    const told = toldOf({ kind: 'values', values: { swing: 62.5, scale: 'dorian', splitAt: [52, 67] } }, CONTROLS);
    assert.deepEqual(shown(told), [
      '/daimon/swing 62.5',
      '/daimon/fader/swing 0.5',
      '/daimon/scale dorian',
      '/daimon/splitAt 52 67',
    ]);
  });

  it('is where the music stands, as musicians count', () => {
    const position = { bar: 33, beat: 4, tick: 479 };
    const queued = { preset: 'cellar', seed: 7, at: { bar: 37, beat: 1, tick: 0 }, isReady: false };
    const held = { low: [1, 2], high: [] };
    const told = shown(toldOf({ kind: 'state', ...STATE, tempo: 119.98234, position, queued, held }, CONTROLS));
    assert.deepEqual(
      told,
      [
        'clock stopped',
        'source internal',
        'tempo 119.98',
        'bar 33',
        'beat 4',
        'model folk',
        'preset plain',
        'seed 7',
        'queued cellar 37',
        'held/low 1 2',
        'held/high',
      ].map((line) => `/daimon/state/${line}`),
    );
    assert.deepEqual(
      told.map((line) => line.split(' ')[0]),
      STATE_NAMES.map((name) => `/daimon/state/${name}`),
    );
  });

  it('is each note as channel, pitch and velocity, 0 where it ends; and each block, by what to recall it', () => {
    const note = { kind: 'note', pitch: 67, velocity: 96, channel: 2, tick: 0 } as const;
    assert.deepEqual(shown(toldOf({ ...note, on: true }, [])), ['/daimon/note 2 67 96']);
    assert.deepEqual(shown(toldOf({ ...note, on: false }, [])), ['/daimon/note 2 67 0']);
    const block = { index: 1, bar: 17, model: 'folk', preset: 'plain', seed: 9, latent: [], number: 2, notes: [] };
    assert.deepEqual(shown(toldOf({ kind: 'block', ...block }, [])), ['/daimon/block 2 17 9']);
    assert.deepEqual(shown(toldOf({ kind: 'notice', text: 'a\0b' }, [])), ['/daimon/notice a b']);
  });

  it('is all that stands, at once', () => {
    const lines = shown(standing(HELLO, CONTROLS));
    for (const line of ['/daimon/knobs/density 0.25', '/daimon/state/bar 1', '/daimon/presets plain'])
      assert.ok(lines.includes(line), line);
  });

  it('is under addresses that are daimon’s own or a control’s, of every message that docs/protocol.md shows', () => {
    const [, , messages] = readFileSync('docs/protocol.md', 'utf8').split(/^## .* to .*$/m);
    const kinds = new Set<string>();
    for (const [, text] of messages.matchAll(/```json\n(.*?)```/gs)) {
      for (const { address } of toldOf(messageSchema.parse(JSON.parse(text)), CONTROLS)) {
        const [, , name] = address.split('/');
        if (isTold(address)) kinds.add(name);
        else
          assert.ok(
            CONTROLS.some(({ path }) => address.endsWith(`/${path}`)),
            address,
          );
      }
    }
    assert.deepEqual(
      kinds,
      new Set(['state', ...Object.keys(TOLD).filter((name) => name !== 'ok' && name !== 'error')]),
    );
  });
});
