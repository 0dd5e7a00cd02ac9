import type { Check } from './check.js';
import { checkModels, checkPresets } from './contents.js';
import { checkNode, checkPlatform, checkPort, checkUserFolder } from './machine.js';
import { checkMidi } from './midi.js';
import { checkRuntimes } from './runtimes.js';

/** Looks at everything that daimon wants of a machine. Never throws. */
export async function examine(): Promise<readonly Check[]> {
  return [
    checkNode(),
    checkPlatform(),
    ...(await checkMidi()),
    ...(await checkRuntimes()),
    ...(await checkModels()),
    ...(await checkPresets()),
    await checkPort(),
    await checkUserFolder('presets'),
    await checkUserFolder('models'),
  ];
}

/** What all the checks come to, in one sentence. */
export function verdict(checks: readonly Check[]): string {
  const works = (test: RegExp): boolean => checks.some(({ name, ok }) => ok === true && test.test(name));
  if (!works(/^(onnxruntime|tfjs)/)) return 'Nothing can play here: no runtime can run a model.';
  if (!works(/^model /)) return 'Nothing can play here: there is no sound model.';
  if (works(/^own MIDI ports/)) return 'All that playing takes is here.';
  if (works(/^MIDI ports/)) return 'daimon plays here, through ports of other programs: name them with --in and --out.';
  return 'There is no MIDI here; daimon still plays on its own clock, to its WebSocket and into files.';
}
