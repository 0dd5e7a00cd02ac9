import { Command } from 'commander';
import { findPreset, loadPresets } from '../bridge/presets/preset-folder.js';
import { keysOf } from '../bridge/presets/preset-keys.js';
import type { Preset } from '../music/preset.js';
import { userFolder } from '../package.js';
import { columns } from './columns.js';

export function presetsCommand(): Command {
  return new Command('presets')
    .description('list the presets, or show one')
    .argument('[name]', 'the preset to show')
    .option('--json', 'print JSON')
    .action(run)
    .addHelpText(
      'after',
      `
Examples:
  daimon presets
  daimon presets music-box
  daimon start --preset music-box

A preset of your own is a text file NAME.toml in ${userFolder('presets')};
one named like a shipped preset stands in for it.`,
    );
}

async function run(name: string | undefined, options: { readonly json?: true }): Promise<void> {
  const { presets, broken } = await loadPresets();
  for (const error of broken) console.error(`daimon: ${error.message}`);
  const chosen = name === undefined ? null : findPreset(presets, name);
  if (options.json) console.log(JSON.stringify(chosen ?? { folder: userFolder('presets'), presets }, null, 2));
  else if (chosen !== null) console.log(shown(chosen));
  else console.log(listed(presets));
}

const listed = (presets: readonly Preset[]): string =>
  [
    ...columns(presets.map(({ name, title, description }) => [name, title, description])),
    '',
    `Your own: ${userFolder('presets')}`,
  ].join('\n');

function shown(preset: Preset): string {
  const { name, title, description, seed, theme } = preset;
  const { knobs, ...keys } = keysOf(preset);
  const lines = { seed: seed ?? 'yours to choose', ...keys, ...knobs };
  return [
    `${title} (${name})`,
    description,
    '',
    ...columns(Object.entries(lines).map(([key, value]) => [`  ${key}`, [value].flat().join(', ')])),
    ...(theme === null ? [] : ['  It holds a latent of its own.']),
    '',
    'All else is as the model has it.',
  ].join('\n');
}
