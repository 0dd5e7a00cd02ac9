import { Command } from 'commander';
import { listPorts, type PortList } from '../bridge/midi/ports/port-list.js';
import { IN_PORT, OUT_PORT } from '../bridge/midi/ports/ports.js';
import { unreachable } from '../errors.js';

export function portsCommand(): Command {
  return new Command('ports')
    .description('list the MIDI ports that daimon could be connected to')
    .option('--json', 'print JSON')
    .action(run)
    .addHelpText(
      'after',
      `
On macOS and Linux, daimon makes ports of its own, ${IN_PORT} and ${OUT_PORT}, for other programs to connect to.
--in and --out take a port from this list instead, by its name or any part of it that only one has.

Examples:
  daimon ports
  daimon start --out "FluidSynth" --in "MIDI Clock"`,
    );
}

async function run(options: { readonly json?: true }): Promise<void> {
  const ports = await listPorts();
  console.log(options.json ? JSON.stringify(ports, null, 2) : asText(ports));
}

function asText(ports: PortList): string {
  switch (ports.kind) {
    case 'missing':
      return ports.reason;
    case 'ports': {
      const own = ports.virtualPorts
        ? `Here daimon can make its own, ${IN_PORT} and ${OUT_PORT}.`
        : 'Here programs can make no ports: make one with loopMIDI or Windows MIDI Services.';
      return [...section('Inputs, for --in', ports.inputs), ...section('Outputs, for --out', ports.outputs), own].join(
        '\n',
      );
    }
    default:
      return unreachable(ports);
  }
}

const section = (title: string, names: readonly string[]): readonly string[] => [
  `${title}:`,
  ...(names.length === 0 ? ['  (none)'] : names.map((name) => `  ${name}`)),
  '',
];
