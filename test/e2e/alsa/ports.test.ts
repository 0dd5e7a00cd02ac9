import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heardBy, listener, midNote, sequencer, soundingIn } from '../../support/alsa.js';
import { daimon, eventually, Program } from '../../support/program.js';

const notes = (dump: Program): number => heardBy(dump).filter(({ on }) => on).length;
const hears = (dump: Program, count: number): Promise<true> =>
  eventually('notes', () => (notes(dump) >= count ? true : null));

describe('a port of another program', () => {
  it('is played to when the program starts, and again when it does so again: first is ended what it was left with', async () => {
    const program = daimon(['start', '--clock', 'internal', '--bpm', '300', '--no-ws', '--out', 'aseqdump']);
    const dumps: Program[] = [];
    const aseqdump = (): Program => {
      dumps.unshift(new Program('aseqdump', []));
      return dumps[0]!;
    };
    /** An instrument holds what its port was left with: before anything begins, it is ended. */
    const endsWhatWasLeft = (): void => {
      const heard = heardBy(dumps[0]!);
      const first = heard.slice(
        0,
        heard.findIndex(({ on }) => on),
      );
      const ended = first.map(({ channel, pitch }) => `${channel}/${pitch}`);
      for (const left of soundingIn(heardBy(dumps[1]!))) assert.ok(ended.includes(left), `${left} in ${ended}`);
    };
    try {
      await program.says(/No MIDI output is named like 'aseqdump'/);
      await midNote(aseqdump());
      await dumps[0]!.end('SIGINT');
      await program.says(/The MIDI output 'aseqdump:aseqdump \d+:0' is gone; /);
      await midNote(aseqdump());
      assert.equal(program.said.match(/aseqdump \d+:0' is there; /g)?.length, 2);
      endsWhatWasLeft();

      // so soon that it has its old name before anyone has looked
      await dumps[0]!.end('SIGINT');
      await hears(aseqdump(), 5);
      endsWhatWasLeft();
      const { code, stderr } = await program.end('SIGTERM');
      assert.equal(code, 143);
      assert.equal(stderr, '');
    } finally {
      await Promise.all([program, ...dumps].map((each) => each.close()));
    }
  });

  it('is followed when the program starts, and again when it does so again', async () => {
    const program = daimon(['start', '--clock', 'host', '--no-ws', '--in', 'midish']);
    const dump = await listener('Daimon Out');
    const hosts: Program[] = [];
    const midish = async (): Promise<Program> => {
      hosts.unshift(await sequencer(null, 240));
      return hosts[0]!;
    };
    try {
      await program.says(/No MIDI input is named like 'midish'/);
      for (const turn of [1, 2]) {
        const host = await midish();
        host.write('i');
        await program.says(new RegExp(`(The MIDI input 'midish/0:default \\d+:0' is there;[^]*){${turn}}`));
        const before = notes(dump);
        host.write('p');
        await hears(dump, before + 5);
        await host.close();
        await program.says(new RegExp(`(The MIDI input 'midish/0:default \\d+:0' is gone;[^]*){${turn}}`));
      }
      assert.equal((await program.end('SIGTERM')).code, 143);
    } finally {
      await Promise.all([program, dump, ...hosts].map((each) => each.close()));
    }
  });
});
