import { Command } from 'commander';
import { DEFAULT_PORT } from '../bridge/control/protocol.js';
import { portInUse } from './options.js';

/** A model is read and tried within a second or two, on a slow disk in ten; who waits longer wants to know. */
const PATIENCE_MS = 60_000;

export const swapCommand = (): Command =>
  new Command('swap')
    .description('have the running daemon play with another model, without a gap')
    .argument('<model>', "the model to draw with from now on; 'daimon models' lists them")
    .option('--ws-port <number>', 'the port of its WebSocket', portInUse, DEFAULT_PORT)
    .action(run)
    .addHelpText(
      'after',
      `
The model is loaded beside the one that plays, and takes over on the next bar line by which it has drawn its first
block. Preset and seed stay as they are. A model that can't be loaded changes nothing.

Example:
  daimon swap folk`,
    );

async function run(model: string, { wsPort }: { readonly wsPort: number }): Promise<void> {
  const { askDaemon } = await import('./running-daemon.js');
  await askDaemon(wsPort, { kind: 'model', name: model }, PATIENCE_MS);
  console.log(`${model} is loaded, and plays from the next bar line on.`);
}
