import type { Latent } from '../../music/latent.js';
import type { Tensor } from '../backends/backend.js';

/** Adam (Kingma and Ba, 2015), its second moment quicker than usual: there are few rounds. */
const RATE = 0.1;
const DECAY_1 = 0.9;
const DECAY_2 = 0.99;
const EPSILON = 1e-8;
/** Latents are standard normal, more or less: half the weight of that beside the notes keeps them as long as draws are. */
const PULL = 0.5;

/** Goes so many rounds from a latent downhill, to where it is likelier that its roll is the target. */
export async function descend(
  from: Latent,
  gradientOf: (latent: Latent) => Promise<Tensor['data']>,
  rounds: number,
): Promise<Latent> {
  const { shape } = from;
  const values = from.values.slice();
  const first = new Float64Array(values.length);
  const second = new Float64Array(values.length);
  for (let round = 1; round <= rounds; round++) {
    const gradient = await gradientOf({ shape, values });
    for (let i = 0; i < values.length; i++) {
      const slope = gradient[i] + PULL * values[i];
      first[i] = DECAY_1 * first[i] + (1 - DECAY_1) * slope;
      second[i] = DECAY_2 * second[i] + (1 - DECAY_2) * slope * slope;
      const [mean, square] = [first[i] / (1 - DECAY_1 ** round), second[i] / (1 - DECAY_2 ** round)];
      values[i] -= (RATE * mean) / (Math.sqrt(square) + EPSILON);
    }
  }
  return { shape, values };
}
