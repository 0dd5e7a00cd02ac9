import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type ClockAddon, openClockAddon } from '#daimon/bridge/clock-addon/clock-addon.js';
import { now } from '#daimon/bridge/monotonic.js';
import { DaimonError } from '#daimon/errors.js';
import type { SessionSnapshot } from '#daimon/transport/clock/session-clock.js';
import { eventually, inFolder } from '../../support/program.js';

const HEAD = `
import { writeFileSync } from 'node:fs';
export const clockVersion = 1;
const time = () => Number(process.hrtime.bigint()) / 1e6;
const good = () => ({ time: time(), tempo: 96, beat: 1.5, isPlaying: true });
`;

interface Opened {
  readonly addon: ClockAddon;
  readonly heard: SessionSnapshot[];
  readonly said: string[];
  readonly folder: string;
}

/** Opens an add-on of this source, and closes it at the end. */
const withAddon = (source: string, test: (opened: Opened) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const name = join(folder, 'clock.mjs');
    writeFileSync(name, source);
    const heard: SessionSnapshot[] = [];
    const said: string[] = [];
    const addon = await openClockAddon({
      name,
      onSnapshot: (snapshot) => heard.push(snapshot),
      say: (sentence) => said.push(sentence),
    });
    try {
      await test({ addon, heard, said, folder });
    } finally {
      await addon.close();
    }
  });

const refused = (sentence: RegExp) => (error: unknown) =>
  error instanceof DaimonError && error.code === 'addon' && sentence.test(error.message);
const open = (name: string) => openClockAddon({ name, onSnapshot: () => {}, say: () => {} });

describe('a clock add-on', () => {
  it('tells of its session, by the time that all of daimon goes by, and is closed', () =>
    withAddon(
      `${HEAD} export async function openClock(tell) {
        const timer = setInterval(() => tell(good()), 10);
        return { close: () => { clearInterval(timer); writeFileSync(new URL('closed', import.meta.url), ''); } };
      }`,
      async ({ addon, heard, said, folder }) => {
        const before = now();
        const last = await eventually('two snapshots', () => heard[1] ?? null);
        assert.deepEqual({ ...last, time: 0 }, { time: 0, tempo: 96, tick: 720, isPlaying: true });
        assert.ok(last.time > before - 60_000 && last.time <= now());
        await addon.close();
        assert.ok(existsSync(join(folder, 'closed')));
        assert.deepEqual(said, []);
      },
    ));

  it('that throws later on is said once, and harms nobody', () =>
    withAddon(
      `${HEAD} export function openClock(tell) {
        tell(good());
        setTimeout(() => { throw new Error('The network is gone.\\nAt all.'); }, 1);
        return { close() {} };
      }`,
      async ({ heard, said }) => {
        await eventually('a sentence', () => said[0] ?? null);
        assert.match(
          said.join('\n'),
          /^The clock add-on '.*clock\.mjs' failed \(The network is gone\); .* start daimon again\.$/,
        );
        assert.equal(heard.length, 1);
      },
    ));

  it('that ends its thread is said as well', () =>
    withAddon(
      `${HEAD} export function openClock() { setTimeout(() => process.exit(0), 1); return { close() {} }; }`,
      async ({ said }) => {
        await eventually('a sentence', () => said[0] ?? null);
        assert.match(said.join('\n'), /failed \(it ended by itself\)/);
      },
    ));

  it('that tells nonsense is said once, and what it tells rightly is heard', () =>
    withAddon(
      `${HEAD} export function openClock(tell) {
        for (const tempo of [-3, NaN, '96', 1e9]) tell({ ...good(), tempo });
        tell(null);
        tell(good());
        return { close() {} };
      }`,
      async ({ heard, said }) => {
        await eventually('a snapshot', () => heard[0] ?? null);
        assert.equal(heard.length, 1);
        assert.equal(said.length, 1);
        assert.match(
          said.join(),
          /tells nonsense, which is left out: tempo is -3; it must be a number from 20 to 300\.$/,
        );
      },
    ));

  it('whose close never ends is ended', () =>
    withAddon(`${HEAD} export const openClock = () => ({ close: () => { for (;;); } });`, ({ addon }) =>
      addon.close(),
    ));

  for (const [what, source, sentence] of [
    ['throws at load', `throw new Error('No Link here.');`, /does not open \(No Link here\); ask who made it/],
    ['throws as it opens', `${HEAD} export const openClock = () => { throw 'busy'; };`, /does not open \(busy\);/],
    [
      'is of another version',
      'export const clockVersion = 2; export const openClock = () => ({ close() {} });',
      /clockVersion is 2; it must be 1/,
    ],
    ['has a wrong export', `${HEAD} export const openClock = 96;`, /openClock is 96; it must be a function/],
    [
      'cannot be closed',
      `${HEAD} export const openClock = () => {};`,
      /openClock must return an object with a function close/,
    ],
  ] as const) {
    it(`that ${what} is an error in one sentence`, () =>
      assert.rejects(
        withAddon(source, async () => {}),
        refused(sentence),
      ));
  }

  it('is found among the packages that lie beside daimon', () =>
    assert.rejects(open('commander'), refused(/'commander' does not open \(clockVersion is missing;/)));

  it('that is nowhere is an error that says how to install it', async () => {
    await assert.rejects(
      open('daimon-no-such'),
      refused(/no clock add-on 'daimon-no-such' .*'npm install daimon-no-such'/),
    );
    await assert.rejects(open('./no-such.mjs'), refused(/no clock add-on '\/.*no-such\.mjs': name the file/));
  });
});
