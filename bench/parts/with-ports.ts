import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where ALSA's ports are: on this machine, or in the VM of test/e2e/with-alsa. */
export const PORTS_ARE = existsSync('/dev/snd/seq') ? 'here' : 'in the VM';

/** Long enough for the programs inside to come up and end in a VM that has to share its processor. */
const ASIDE_S = 300;

/** Runs a program of this folder where there are ALSA ports. It may take so many seconds of playing. */
export async function runWithPorts(name: string, args: readonly string[], seconds: number): Promise<void> {
  const program = [process.execPath, fileURLToPath(new URL(`./${name}.js`, import.meta.url)), ...args];
  const vm = ['test/e2e/with-alsa', '--timeout', String(Math.ceil(seconds + ASIDE_S)), '--'];
  const [file, ...rest] = PORTS_ARE === 'here' ? program : [...vm, ...program];
  const child = spawn(file!, rest, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name} ended with status ${code}`);
}
