import { Command } from 'commander';
import { DEFAULT_PORT } from '../bridge/control/protocol.js';
import { portInUse } from './options.js';

export const panicCommand = (): Command =>
  new Command('panic')
    .description('end every note that the running daimon has sounding, now')
    .option('--ws-port <number>', 'the port of its WebSocket', portInUse, DEFAULT_PORT)
    .action(run)
    .addHelpText(
      'after',
      `
The music goes on with its next note; Ctrl-C where daimon runs, or Stop at the host, ends it altogether.

Example:
  daimon panic`,
    );

async function run({ wsPort }: { readonly wsPort: number }): Promise<void> {
  const { askDaemon } = await import('./running-daemon.js');
  await askDaemon(wsPort, { kind: 'panic' });
  console.log('Every note is ended; the music goes on with its next one.');
}
