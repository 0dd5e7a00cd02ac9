/**
 * The least that a program in JavaScript can do with a host's Start and Stop: a chord on the first pulse, and its offs.
 * Node, RtMidi, one event loop that has nothing else to do: node relay.js. Ends with its input.
 */
import { Input, Output } from '@julusian/midi';
import { MESSAGES } from '#daimon/bridge/midi/midi-messages.js';

const CHORD = [48, 60, 64, 67];

const input = new Input();
const output = new Output();
input.ignoreTypes(true, false, true);
let isArmed = false;
let sounds = false;
const say = (status: number): void => {
  for (const pitch of CHORD) output.sendMessage([status, pitch, 80]);
};
input.on('message', (_, [status]) => {
  if (status === MESSAGES.start.status) isArmed = true;
  if (status === MESSAGES.clock.status && isArmed && !sounds) {
    say(MESSAGES.noteOn.status);
    isArmed = false;
    sounds = true;
  }
  if (status === MESSAGES.stop.status && sounds) {
    say(MESSAGES.noteOff.status);
    sounds = false;
  }
});
input.openVirtualPort('Relay In');
output.openVirtualPort('Relay Out');
console.log('listens');
process.stdin.on('end', () => process.exit()).resume();
