import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openRecorder, type Recorder } from '#daimon/bridge/recording/recorder.js';
import { DaimonError } from '#daimon/errors.js';
import { seed } from '#daimon/music/random.js';
import { bpm, millis, tick } from '#daimon/music/units.js';
import type { Started } from '#daimon/transport/conductor-state.js';
import { type Epoch, FIRST_EPOCH } from '#daimon/transport/edge.js';
import { notesOf, readSmf, type Smf, textsOf } from '../../support/smf.js';
import { preset } from '../../transport/stage.js';

const epoch = (n: number): Epoch => (FIRST_EPOCH + n) as Epoch;
const BAR = 1920;

function sendTo(recorder: Recorder, status: number, at: number, pitch: number, of: Epoch): void {
  const edge = { tick: tick(at), status, data1: pitch, data2: status < 0x90 ? 64 : 80 };
  recorder.sent({ edge, epoch: of, tick: tick(at + 0.7), time: millis(0), late: millis(0.7) });
}

/** What the MidiOut would echo of a note. */
function play(recorder: Recorder, from: number, to: number, pitch: number, of = epoch(0)): void {
  sendTo(recorder, 0x90, from, pitch, of);
  sendTo(recorder, 0x80, to, pitch, of);
}

const started = (from: number, repeated = false): Started => ({
  block: {
    model: 'folk',
    preset: 'music-box',
    seed: seed(7),
    latent: { shape: { channels: 1, rows: 1, columns: 1 }, values: new Float32Array(1) },
    knobs: {},
    notes: [],
  },
  preset: { ...preset, name: 'music-box' },
  index: 0,
  start: tick(from),
  from: tick(from),
  repeated,
});

describe('the recorder', () => {
  let folder = '';
  let takes = 0;
  const warnings: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daimon-recorder-'));
  });
  after(() => rm(folder, { recursive: true }));

  const open = (): Promise<Recorder> =>
    openRecorder(join(folder, `${takes++}.mid`), (sentence) => warnings.push(sentence));
  const fileOf = async (recorder: Recorder): Promise<Smf> => readSmf(await readFile(recorder.path));
  /** Onset, end and pitch of each note in the finished file. */
  const finished = async (recorder: Recorder): Promise<readonly (readonly number[])[]> => {
    await recorder.finish();
    return notesOf(await fileOf(recorder)).map(({ on, off, pitch }) => [on, off, pitch]);
  };

  it('writes each note where it was planned, not where it was sent', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    play(recorder, 0, 110, 60);
    play(recorder, 120, 240, 62);
    assert.deepEqual(await finished(recorder), [
      [0, 110, 60],
      [120, 240, 62],
    ]);
  });

  it('begins with the bar that playing began in', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(32 * BAR + 480) }, tick(0), epoch(0));
    play(recorder, 32 * BAR + 480, 33 * BAR, 60);
    assert.deepEqual(await finished(recorder), [[480, BAR, 60]]);
  });

  it('appends what is played after a jump on the next bar line, and keeps late news of the time before it there', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    play(recorder, 0, 480, 60);
    sendTo(recorder, 0x90, BAR, 64, epoch(0));
    recorder.moved({ kind: 'jump', tick: tick(8 * BAR + 240) }, tick(BAR + 960), epoch(1));
    sendTo(recorder, 0x80, BAR + 960, 64, epoch(0));
    play(recorder, 8 * BAR + 240, 8 * BAR + 480, 67, epoch(1));
    assert.deepEqual(await finished(recorder), [
      [0, 480, 60],
      [BAR, BAR + 960, 64],
      [2 * BAR + 240, 2 * BAR + 480, 67],
    ]);
  });

  it('plays a loop of the host out, round after round', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(4 * BAR) }, tick(0), epoch(0));
    for (let round = 0; round < 3; round++) {
      play(recorder, 4 * BAR, 4 * BAR + 100, 60, epoch(round));
      // hosts wrap a little before or after the bar line
      recorder.moved({ kind: 'jump', tick: tick(4 * BAR) }, tick(6 * BAR + 10 * (round - 1)), epoch(round + 1));
    }
    assert.deepEqual(await finished(recorder), [
      [0, 100, 60],
      [2 * BAR, 2 * BAR + 100, 60],
      [4 * BAR, 4 * BAR + 100, 60],
    ]);
  });

  it('goes on without a gap where it was stopped and continued, and never doubles a note', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    sendTo(recorder, 0x90, 960, 60, epoch(0));
    recorder.moved({ kind: 'stop' }, tick(970), epoch(1));
    sendTo(recorder, 0x80, 970, 60, epoch(0));
    recorder.moved({ kind: 'jump', tick: tick(5 * BAR) }, tick(970), epoch(2));
    recorder.moved({ kind: 'jump', tick: tick(960) }, tick(5 * BAR), epoch(2));
    recorder.moved({ kind: 'play', tick: tick(960) }, tick(960), epoch(2));
    play(recorder, 960, 1080, 60, epoch(2));
    assert.deepEqual(await finished(recorder), [
      [960, 970, 60],
      [970, 1080, 60],
    ]);
  });

  it('starts again from the top on the next bar line', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    play(recorder, 0, 480, 60);
    recorder.moved({ kind: 'stop' }, tick(3 * BAR + 500), epoch(1));
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(3 * BAR + 500), epoch(1));
    play(recorder, 0, 480, 60, epoch(1));
    assert.deepEqual(await finished(recorder), [
      [0, 480, 60],
      [4 * BAR, 4 * BAR + 480, 60],
    ]);
  });

  it('lasts until it was stopped, though nothing sounded any more', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(2 * BAR) }, tick(0), epoch(0));
    play(recorder, 2 * BAR, 3 * BAR, 60);
    recorder.moved({ kind: 'stop' }, tick(18 * BAR), epoch(1));
    await recorder.finish();
    for (const track of (await fileOf(recorder)).tracks) assert.equal(track.at(-1)?.tick, 16 * BAR);
  });

  it('marks each block with its preset and seed, and with its model where another took over', async () => {
    const recorder = await open();
    recorder.moved({ kind: 'play', tick: tick(BAR) }, tick(0), epoch(0));
    recorder.blockStarted(started(BAR), epoch(0));
    recorder.blockStarted(started(17 * BAR, true), epoch(0));
    const { block, ...place } = started(20 * BAR);
    recorder.blockStarted({ ...place, block: { ...block, model: 'pop' } }, epoch(0));
    recorder.blockStarted({ ...started(21 * BAR), block: { ...block, model: 'pop' } }, epoch(0));
    await recorder.finish();
    assert.deepEqual(textsOf(await fileOf(recorder), 6), [
      { tick: 0, text: 'music-box, seed 7' },
      { tick: 16 * BAR, text: 'music-box, seed 7, again' },
      { tick: 19 * BAR, text: 'pop: music-box, seed 7' },
      { tick: 20 * BAR, text: 'music-box, seed 7' },
    ]);
  });

  it('writes changes of tempo, but not the trembling of a followed one', async () => {
    const recorder = await open();
    recorder.tempo(bpm(120.003), tick(0), epoch(0));
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    for (let i = 0; i < 100; i++) recorder.tempo(bpm(120 + 0.05 * Math.sin(i)), tick(i * 20), epoch(0));
    recorder.tempo(bpm(90), tick(2 * BAR), epoch(0));
    play(recorder, 2 * BAR, 3 * BAR, 60);
    await recorder.finish();
    const [score] = (await fileOf(recorder)).tracks;
    const tempos = score.flatMap(({ tick: at, message }) =>
      message.kind === 'meta' && message.type === 0x51
        ? [[at, Math.round(6e8 / Buffer.from(message.data).readUIntBE(0, 3)) / 10]]
        : [],
    );
    assert.deepEqual(tempos, [
      [0, 120],
      [2 * BAR, 90],
    ]);
  });

  it('is a file without a hanging note from the first moment on, and after each block start', async () => {
    const recorder = await open();
    assert.deepEqual(notesOf(await fileOf(recorder)), []);
    recorder.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    play(recorder, 0, 480, 60);
    sendTo(recorder, 0x90, 480, 62, epoch(0));
    recorder.blockStarted(started(16 * BAR), epoch(0));
    // no finish, as after a kill: the file appears when it is whole
    while (notesOf(await fileOf(recorder)).length === 0) await pause(5);
    assert.deepEqual(
      notesOf(await fileOf(recorder)).map(({ pitch }) => pitch),
      [60],
    );
    assert.deepEqual(
      (await finished(recorder)).map(([onset, , pitch]) => [onset, pitch]),
      [
        [0, 60],
        [480, 62],
      ],
    );
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('says at once that a path cannot be written', async () => {
    await assert.rejects(
      openRecorder(join(folder, 'no', 'such', 'folder.mid'), () => {}),
      (error) => error instanceof DaimonError && error.code === 'file' && error.message.includes('folder.mid'),
    );
  });

  it('keeps what was recorded there before until something is played', async () => {
    const path = join(folder, 'kept.mid');
    const older = await openRecorder(path, () => {});
    older.moved({ kind: 'play', tick: tick(0) }, tick(0), epoch(0));
    play(older, 0, 480, 60);
    await older.finish();
    const before = await readFile(path);

    const idle = await openRecorder(path, () => {});
    await idle.finish();
    assert.deepEqual(await readFile(path), before);
    assert.ok(!(await readdir(folder)).includes('kept.mid.part'));
  });

  it('takes the place of nothing but a file', () =>
    assert.rejects(
      openRecorder(folder, () => {}),
      (error) => error instanceof DaimonError && error.code === 'file' && error.message.includes('not a file'),
    ));

  it('has had nothing to warn of', () => assert.deepEqual(warnings, []));
});
