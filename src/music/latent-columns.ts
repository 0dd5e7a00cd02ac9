import type { Latent } from './latent.js';
import type { Cells, Form } from './sketch.js';

/** The cells of `held`, and all others of `latent`; both of one shape. `cells` is [rows][columns]. */
export function withCells(latent: Latent, held: Latent, cells: Cells): Latent {
  return { ...latent, values: latent.values.map((value, i) => (cells[i % cells.length] ? held.values[i] : value)) };
}

/** Each column holds what another one held. */
export function inForm(latent: Latent, form: Form): Latent {
  const { columns } = latent.shape;
  return { ...latent, values: latent.values.map((_, i) => latent.values[i - (i % columns) + form[i % columns]]) };
}
