#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { DaimonError } from '../errors.js';

const program = new Command('daimon')
  .description("Follows your DAW's clock and plays phrases drawn by a trained music GAN.")
  .exitOverride()
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof DaimonError) {
    console.error(`daimon: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}
