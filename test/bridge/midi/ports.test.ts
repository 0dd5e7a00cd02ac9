import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freeName, matchPort, shortName } from '#daimon/bridge/midi/ports.js';

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
