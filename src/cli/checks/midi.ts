import { access, constants } from 'node:fs/promises';
import { queueLack } from '../../bridge/midi/ports/open-port.js';
import { listPorts } from '../../bridge/midi/ports/port-list.js';
import { IN_PORT, OUT_PORT } from '../../bridge/midi/ports/ports.js';
import { type Check, fails, limited, reasonOf, works } from './check.js';

const SEQUENCER = '/dev/snd/seq';

/** From the bottom up: the system's sequencer, the library that speaks with it, the ports. */
export async function checkMidi(): Promise<readonly Check[]> {
  const below = [...(process.platform === 'linux' ? [await checkSequencer()] : []), await checkLibrary()];
  const explained = below.some(({ ok }) => ok === false);
  const queue = process.platform === 'linux' && !explained ? [await checkQueue()] : [];
  return [...below, ...queue, ...(await checkPorts(explained))];
}

async function checkSequencer(): Promise<Check> {
  const name = 'ALSA sequencer';
  try {
    await access(SEQUENCER, constants.R_OK | constants.W_OK);
    return works(name, `${SEQUENCER} is here`);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing
      ? fails(
          name,
          `${SEQUENCER} is missing`,
          "Load it with 'sudo modprobe snd-seq', or hand the device to the container.",
        )
      : fails(
          name,
          `${SEQUENCER} is not open to you`,
          "Join its group with 'sudo usermod -aG audio $USER', and log in again.",
        );
  }
}

async function checkLibrary(): Promise<Check> {
  const name = 'MIDI library';
  try {
    await import('@julusian/midi');
    return works(name, '@julusian/midi loads');
  } catch (error) {
    const advice = reasonOf(error).includes('libasound')
      ? 'Install the package libasound2, or libasound2t64 on newer systems.'
      : "Run 'npm install' again on this machine.";
    return fails(name, `it does not load (${reasonOf(error)})`, advice);
  }
}

async function checkQueue(): Promise<Check> {
  const name = 'ALSA queue';
  const instead = 'so a thread of daimon sends the notes, less tightly';
  switch (await queueLack()) {
    case null:
      return works(name, "the kernel sends each note at its time, by a timer's interrupt");
    case 'library':
      return limited(
        name,
        `koffi or libasound.so.2 does not load, ${instead}`,
        "Run 'npm install' again on this machine.",
      );
    case 'timer':
      return limited(
        name,
        `no high resolution timer is open to you, ${instead}`,
        "Load it with 'sudo modprobe snd-hrtimer'.",
      );
  }
}

/** `explained`: the checks before have said why there can be no ports. */
async function checkPorts(explained: boolean): Promise<readonly Check[]> {
  const ports = await listPorts();
  if (ports.kind === 'missing') {
    const why = explained ? 'none can be opened' : ports.reason;
    const advice = 'Until then, daimon plays to its WebSocket and into files: daimon --record, daimon render.';
    return [fails('MIDI ports', why, advice), fails('own MIDI ports', 'none can be made', null)];
  }
  const { inputs, outputs, virtualPorts } = ports;
  const others = works('MIDI ports', `${inputs.length} inputs and ${outputs.length} outputs of other programs`);
  const own = virtualPorts
    ? works('own MIDI ports', `${IN_PORT} and ${OUT_PORT} can be made`)
    : limited(
        'own MIDI ports',
        'Windows lets programs make none',
        'Make a port with loopMIDI or Windows MIDI Services, and name it with --in and --out.',
      );
  return [others, own];
}
