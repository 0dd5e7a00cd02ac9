import { loadPresets, presetFolders } from '../../bridge/presets/preset-folder.js';
import { type Found, listBundles, modelRoots, readWeights } from '../../engine/bundle.js';
import { type Check, fails, limited, reasonOf, works } from './check.js';

/** Every model in reach, held against its checksums. */
export async function checkModels(roots: readonly string[] = modelRoots(null)): Promise<readonly Check[]> {
  const found = await listBundles(roots);
  if (found.length > 0) return Promise.all(found.map(checkModel));
  return [fails('models', `none in ${roots.join(' or ')}`, "Train one with 'daimon train', or install daimon again.")];
}

async function checkModel(found: Found): Promise<Check> {
  const name = `model ${found.name}`;
  const advice = 'Fetch or train it again, or delete its folder.';
  if (found.kind === 'damaged') return fails(name, found.reason, advice);
  try {
    await readWeights(found.bundle);
    return works(name, `${found.bundle.card.title}; its checksums fit`);
  } catch (error) {
    return fails(name, reasonOf(error), advice);
  }
}

export async function checkPresets(folders: readonly string[] = presetFolders()): Promise<readonly Check[]> {
  const name = 'presets';
  try {
    const { presets, broken } = await loadPresets(folders);
    const wrong = broken.map((error) => limited(name, error.message, 'Mend it, or delete it: the others play.'));
    if (presets.length > 0) return [works(name, `${presets.length} to choose from`), ...wrong];
    return [fails(name, `none in ${folders.join(' or ')}`, 'Install daimon again.'), ...wrong];
  } catch (error) {
    return [fails(name, reasonOf(error), 'Make the folder readable for yourself.')];
  }
}
