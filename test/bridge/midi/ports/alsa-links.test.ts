import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linksIn, newLink } from '#daimon/bridge/midi/ports/alsa-links.js';

/** As Linux 6.1 has it, without what `alsaClients` leaves out. */
const CLIENTS = `\
Client   0 : "System" [Kernel Legacy]
  Port   0 : "Timer" (Rwe-)
  Port   1 : "Announce" (R-e-)
    Connecting To: 15:0
Client  14 : "Midi Through" [Kernel Legacy]
  Port   0 : "Midi Through Port-0" (RWe-)
    Connecting To: 129:0[r:0], 128:0
    Connected From: 131:0[r:1]
Client 131 : "RtMidi Output Client" [User Legacy]
  Port   0 : "RtMidi Output" (R-e-)
    Connecting To: 14:0[r:1]`;
const WITHOUT_OURS = CLIENTS.split('\n').slice(0, -1).join('\n');

describe("ALSA's connections", () => {
  it('are read from what the kernel tells, each from its sender to its receiver', () => {
    assert.deepEqual([...linksIn(CLIENTS)], ['0:1>15:0', '14:0>129:0', '14:0>128:0', '131:0>14:0']);
    assert.deepEqual([...linksIn('')], []);
  });

  it('show which is the new one of a port', () => {
    assert.equal(newLink('Midi Through:Midi Through Port-0 14:0', WITHOUT_OURS, CLIENTS), '131:0>14:0');
    assert.equal(newLink('Surge XT:in 129:0', WITHOUT_OURS, CLIENTS), null, "another port's");
    assert.equal(newLink('Midi Through:Midi Through Port-0 14:0', CLIENTS, CLIENTS), null);
  });

  it('tell nothing where they are hidden, where two are new, or where ports have no address', () => {
    assert.equal(newLink('Midi Through:Midi Through Port-0 14:0', null, CLIENTS), null);
    assert.equal(newLink('Midi Through:Midi Through Port-0 14:0', '', CLIENTS), null);
    assert.equal(newLink('IAC Driver Bus 1', WITHOUT_OURS, CLIENTS), null);
  });
});
