import { Command } from 'commander';
import { DaimonError } from '../errors.js';
import { userFolder } from '../package.js';

interface RemoveOptions {
  readonly yes: boolean;
  readonly modelsDir?: string;
}

export const removeModelCommand = (): Command =>
  new Command('remove')
    .description('delete a model of your own')
    .argument('<name>', 'the model to delete')
    .option('--yes', 'delete it, and do not only say what would be deleted', false)
    .option('--models-dir <folder>', 'delete it from this folder instead of your own')
    .action(run)
    .addHelpText(
      'after',
      `
All that is in its folder goes, its training too. What comes with daimon stays.

Example:
  daimon models remove dcgan --yes`,
    );

async function run(name: string, _: RemoveOptions, command: Command): Promise<void> {
  const { MODEL_NAME } = await import('../engine/card.js');
  const { ownBundle, removeBundle } = await import('../engine/bundle-folder.js');
  const { yes, modelsDir } = command.optsWithGlobals<RemoveOptions>();
  const root = modelsDir ?? userFolder('models');
  if (!MODEL_NAME.test(name)) throw new DaimonError('model', `"${name}" can't name a model.`);
  const folder = await ownBundle(root, name);
  if (!yes) throw new DaimonError('option', `This would delete ${folder} with all that is in it: say --yes to do so.`);
  await removeBundle(root, name);
  console.log(`${name} is gone: ${folder} is deleted.`);
}
