import { Command } from 'commander';
import type { Values } from '../bridge/control/controls.js';
import { DEFAULT_PORT } from '../bridge/control/protocol.js';
import { assignment } from './assignment.js';
import { numberBetween, portInUse } from './options.js';

interface Options {
  readonly over: number;
  readonly wsPort: number;
}

/** As long as a client of the WebSocket may ask for. */
const MOST_SECONDS = 600;

export const setCommand = (): Command =>
  new Command('set')
    .description('turn what can be turned of the running daemon')
    .argument('<name=value...>', "what to turn, and to where; 'daimon parameters' lists all", assignment)
    .option('--over <seconds>', 'go there evenly in so many seconds', numberBetween(0, MOST_SECONDS), 0)
    .option('--ws-port <number>', 'the port of its WebSocket', portInUse, DEFAULT_PORT)
    .action(run)
    .addHelpText(
      'after',
      `
It is heard from the next bar line on. All of it is done or, where one name or value is refused, nothing.

Examples:
  daimon set swing=58 scale=dorian
  daimon set knobs/density=0.4 --over 20
  daimon set tempo=96.5 quantum="4 bars"`,
    );

async function run(values: Values, { over, wsPort }: Options): Promise<void> {
  const { askDaemon } = await import('./running-daemon.js');
  await askDaemon(wsPort, { kind: 'set', values, ...(over > 0 ? { over } : {}) });
}
