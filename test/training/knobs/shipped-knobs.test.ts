import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listBundles, readKnobs } from '#daimon/engine/bundle.js';
import { steered } from '#daimon/engine/knobs/steered.js';
import { deriveSeed, seed } from '#daimon/music/random.js';
import { shippedFolder } from '#daimon/package.js';
import { LEAST_RHO, MOST_LEAK } from '#daimon/training/knobs/effort.js';
import { openInstrument } from '#daimon/training/knobs/instrument.js';

const roots = [shippedFolder('models')];
/** Not among those that knobs were found or measured on. */
const SEEDS = Array.from({ length: 30 }, (_, i) => deriveSeed(seed(2026), i));

for (const found of await listBundles(roots)) {
  const bundle = found.kind === 'sound' ? found.bundle : assert.fail(found.reason);
  const knobs = (await readKnobs(bundle)) ?? assert.fail(`${found.name} has no knobs`);
  describe(`the knobs of ${found.name}`, () => {
    it('are knobs by what their card says', () => {
      assert.ok(knobs.knobs.length > 0);
      for (const { name, measured } of knobs.knobs) {
        assert.ok(measured.changed.rho >= LEAST_RHO && measured.changed.leak <= MOST_LEAK, name);
        assert.equal(measured.silent, 0);
      }
    });

    it('turn what they say, upwards, in nearly every draw; and no end of any is silent', async () => {
      const instrument = await openInstrument(found.name, roots);
      const drawn = await Promise.all(SEEDS.map((one) => instrument.draw(one)));
      for (const { name } of knobs.knobs) {
        const trait = instrument.traits.findIndex((one) => one.name === name);
        let rising = 0;
        for (const { latent } of drawn) {
          const at = async (value: number): Promise<number> => {
            const reading = await instrument.read(steered(latent, knobs, { [name]: value }));
            return reading?.[trait] ?? assert.fail(`${name} at ${value} is silent`);
          };
          if ((await at(-1)) < (await at(1))) rising++;
        }
        assert.ok(rising >= 0.8 * SEEDS.length, `${name} rises in ${rising} of ${SEEDS.length}`);
      }
      await instrument.close();
    });
  });
}
