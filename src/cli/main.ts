#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { DaimonError } from '../errors.js';
import { VERSION } from '../package.js';
import { didYouMean } from '../suggest.js';
import { addModelCommand } from './add-model.js';
import { dataCommand } from './data.js';
import { doctorCommand } from './doctor.js';
import { evaluateCommand } from './evaluate.js';
import { knobsCommand } from './knobs.js';
import { modelsCommand } from './models.js';
import { panicCommand } from './panic.js';
import { parametersCommand } from './parameters.js';
import { portsCommand } from './ports.js';
import { presetsCommand } from './presets.js';
import { removeModelCommand } from './remove-model.js';
import { renderCommand } from './render.js';
import { setCommand } from './set.js';
import { startCommand } from './start.js';
import { statusCommand } from './status.js';
import { swapCommand } from './swap.js';
import { trainCommand } from './train.js';

/** One line for each command. They load what is heavy when they run, not when they are listed. */
const COMMANDS: Readonly<Record<string, readonly Command[]>> = {
  'Play:': [startCommand(), renderCommand()],
  'While it plays:': [statusCommand(), parametersCommand(), setCommand(), swapCommand(), panicCommand()],
  'Look around:': [
    doctorCommand(),
    modelsCommand(addModelCommand(), removeModelCommand()),
    portsCommand(),
    presetsCommand(),
  ],
  'Make a model of your own:': [dataCommand(), trainCommand(), evaluateCommand(), knobsCommand()],
};

const program = new Command('daimon')
  .description("Follows your DAW's clock and plays phrases drawn by a trained music GAN.")
  .usage('[command] [options]')
  .version(VERSION, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'show this help')
  .commandsGroup('Look around:')
  .helpCommand('help [command]', 'show the help of a command')
  .exitOverride()
  .showHelpAfterError("('daimon --help' lists the commands, 'daimon help COMMAND' the options of one)")
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'daimon: ')) })
  .addHelpText(
    'after',
    `
Examples:
  daimon                            play through the port Daimon Out, on the clock that comes in at Daimon In
  daimon --clock internal --bpm 96  play without a host
  daimon render --seed 7 --blocks 4 --out take.mid
  daimon doctor                     say what works on this machine, and what to do about the rest

Without a command, daimon is 'daimon start'; 'daimon help start' shows its options.`,
  );

for (const [group, commands] of Object.entries(COMMANDS)) {
  for (const command of commands) {
    adopt(program, command);
    program.addCommand(command.helpGroup(group), { isDefault: command.name() === 'start' });
  }
}

/** Gives a command, and those under it, the ways of its parent: commander does so only for those it makes itself. */
function adopt(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) adopt(command, child);
}

/** The default command would take a misspelt name for an argument of its own, and `help` would not mind it. */
function refuseUnknownCommand([first, second]: readonly (string | undefined)[]): void {
  const wanted = first === 'help' ? second : first;
  if (wanted === undefined || wanted.startsWith('-')) return;
  const names = [...program.commands.flatMap((command) => [command.name(), ...command.aliases()]), 'help'];
  if (!names.includes(wanted)) program.error(`error: unknown command '${wanted}'.${didYouMean(wanted, names)}`);
}

// a reader that has seen enough (`daimon presets | head -1`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  console.error(`daimon: what it has to say could not be written (${error.message}); make room, or print elsewhere.`);
  process.exit(1);
});

try {
  refuseUnknownCommand(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof DaimonError) {
    console.error(`daimon: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
