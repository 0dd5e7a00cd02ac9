import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DaimonError } from '../errors.js';

/** Bundles come into a folder of models whole, and leave it whole: none is ever seen half written or half deleted. */

/** No name of a bundle begins with a dot, so that nobody lists what lies in here. */
const DRAFT = '.draft-';

/**
 * Makes a folder NAME in a root of bundles: `fill` writes it elsewhere, under the root given to it, and it is moved
 * once that is done. Throws DaimonError `model` where there is one already, unless that is to be replaced; `file` where
 * the system refuses. Gives the folder.
 */
export async function placeBundle(
  root: string,
  name: string,
  replace: boolean,
  fill: (folder: string, root: string) => Promise<void>,
): Promise<string> {
  const target = join(root, name);
  const isThere = await exists(target);
  if (isThere && !replace) {
    throw new DaimonError(
      'model',
      `There is a model in ${target} already: replace it by --force, or give another --name.`,
    );
  }
  return inDraft(root, target, async (draft) => {
    await mkdir(join(draft, name));
    await fill(join(draft, name), draft);
    const before = join(draft, 'before');
    if (isThere) await rename(target, before);
    await rename(join(draft, name), target).catch(async (error: unknown) => {
      if (isThere) await rename(before, target);
      throw error;
    });
    return target;
  });
}

/** The folder of a bundle that may be removed. Throws DaimonError `model` where it is none, or not in this root. */
export async function ownBundle(root: string, name: string): Promise<string> {
  const folder = join(root, name);
  // whatever else lies there is not ours to delete
  if (await exists(join(folder, 'card.json'))) return folder;
  throw new DaimonError('model', `There is no model "${name}" in ${root}: only your own can be removed.`);
}

/** Deletes a bundle; of a link to elsewhere, the link. Throws DaimonError `model` and `file`. */
export async function removeBundle(root: string, name: string): Promise<void> {
  const folder = await ownBundle(root, name);
  await inDraft(root, folder, (draft) => rename(folder, join(draft, 'gone')));
}

async function inDraft<T>(root: string, target: string, act: (draft: string) => Promise<T>): Promise<T> {
  let draft: string | null = null;
  try {
    await mkdir(root, { recursive: true });
    draft = await mkdtemp(join(root, DRAFT));
    return await act(draft);
  } catch (cause) {
    if (cause instanceof DaimonError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DaimonError(
      'file',
      `${target} can't be changed (${reason}); mend that, and give the same command again.`,
      {
        cause,
      },
    );
  } finally {
    if (draft !== null) await rm(draft, { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
