import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freeName, isThere, matchPort, portNames, shortName } from '#daimon/bridge/midi/ports/ports.js';

const ALSA = [
  'Midi Through:Midi Through Port-0 14:0',
  'FLUID Synth (1234):Synth input port (1234:0) 128:0',
  'Surge XT:in 129:0',
  'Surge XT:in 130:0',
  'RtMidi Input Client:Daimon In 131:0',
];
const named = (wanted: string, ports: readonly string[] = ALSA): string => {
  const match = matchPort(wanted, ports, 'output');
  return match.kind === 'match' ? match.name : match.reason;
};

describe('a port by name', () => {
  it('is found by its whole name, its own part of it, or any part, in any case', () => {
    for (const wanted of ['Midi Through:Midi Through Port-0 14:0', 'midi through port-0', 'through'])
      assert.equal(named(wanted), ALSA[0]);
    assert.equal(named('fluid'), ALSA[1]);
    assert.equal(named('130:0'), ALSA[3]);
  });

  it('whole wins over the same name as a part of another', () => {
    assert.equal(named('IAC Bus 1', ['IAC Bus 10', 'IAC Bus 1']), 'IAC Bus 1');
  });

  it('that two ports share is refused, and both are named', () => {
    assert.match(named('surge'), /More than one MIDI output .*'surge'.*'Surge XT:in 129:0', 'Surge XT:in 130:0'/);
  });

  it('misspelt brings a suggestion, and what there is', () => {
    const reason = named('Midi Thruogh Port-0');
    assert.match(reason, /No MIDI output is named like 'Midi Thruogh Port-0'; there are 'Midi Through/);
    assert.match(reason, /Did you mean 'Midi Through Port-0'\?/);
    assert.match(named('x', []), /there are none/);
  });

  it('is found by a whole name with another number, for ALSA and Windows number ports anew', () => {
    const found = (wanted: string, platform: NodeJS.Platform, ports: readonly string[]) =>
      matchPort(wanted, ports, 'output', platform).kind;
    assert.equal(found('Midi Through:Midi Through Port-0 20:0', 'linux', ALSA), 'match');
    assert.equal(found('Surge XT:in 20:0', 'linux', ALSA), 'none', 'two could be meant');
    assert.equal(found('loopMIDI Port 3', 'win32', ['loopMIDI Port 2', 'MS Synth 0']), 'match');
    assert.equal(found('IAC Bus 1', 'darwin', ['IAC Bus 2']), 'none');
    assert.equal(found('IAC Bus 1', 'linux', ['IAC Bus 2']), 'none');
  });

  it("of a daimon's own is never taken: none hears itself", () => {
    assert.match(named('Daimon In'), /No MIDI output/);
    assert.match(named('daimon'), /No MIDI output/);
    assert.match(named('out', ['Daimon Out', 'Daimon Out 2']), /there are none/);
  });
});

describe('the name of a virtual port', () => {
  it('is its own part of what ALSA calls it', () => {
    assert.equal(shortName('RtMidi Output Client:Daimon Out 128:0'), 'Daimon Out');
    assert.equal(shortName('IAC Driver Bus 1'), 'IAC Driver Bus 1');
  });

  it('counts up where another daemon has it', () => {
    assert.equal(freeName('Daimon Out', ALSA), 'Daimon Out');
    assert.equal(freeName('Daimon In', ALSA), 'Daimon In 2');
    assert.equal(freeName('Daimon In', [...ALSA, 'Daimon In 2', 'Daimon In 4']), 'Daimon In 3');
  });
});

describe('the names of ports', () => {
  it('that are the same are counted, as easymidi does', () => {
    const names = ['UM-ONE', 'Synth', 'UM-ONE', 'UM-ONE'];
    const handle = { getPortCount: () => names.length, getPortName: (port: number) => names[port] };
    assert.deepEqual(portNames(handle), ['UM-ONE', 'Synth', 'UM-ONE1', 'UM-ONE2']);
  });
});

describe('an open port', () => {
  const opened = { kind: 'open', name: 'Synth:in 128:0', link: '131:0>128:0' } as const;

  it('is there while it is listed and our connection to it stands', () => {
    assert.ok(isThere(opened, { names: ['Synth:in 128:0'], links: new Set(['14:0>129:0', '131:0>128:0']) }));
    assert.ok(!isThere(opened, { names: ['Synth:in 129:0'], links: new Set() }));
    assert.ok(!isThere(opened, { names: ['Synth:in 128:0'], links: new Set(['14:0>129:0']) }), 'another of its name');
  });

  it('is there while it is listed, where nobody tells of connections', () => {
    assert.ok(isThere(opened, { names: ['Synth:in 128:0'], links: null }));
    assert.ok(isThere({ ...opened, link: null }, { names: ['Synth:in 128:0'], links: new Set() }));
  });

  it('is there on Windows under another number, which it gets when another port goes', () => {
    const port = { kind: 'open', name: 'loopMIDI Port 2', link: null } as const;
    const seen = { names: ['loopMIDI Port 1'], links: null };
    assert.ok(isThere(port, seen, 'win32'));
    assert.ok(!isThere(port, seen, 'darwin'));
  });
});
