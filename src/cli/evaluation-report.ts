import type { Evaluation, Measured } from '../training/evaluation/evaluation.js';
import { figuresOf } from '../training/evaluation/evaluation.js';
import { FEATURES, SCALARS } from '../training/evaluation/features.js';
import { verdictsOf } from '../training/evaluation/verdicts.js';
import { table } from './columns.js';
import { barsMet, figureRow, number } from './figure-row.js';

/** An evaluation as a page of text. `what` names what was judged. */
export function evaluationText(what: string, evaluation: Evaluation): string {
  const { count, heldOut } = evaluation;
  const beside = heldOut === null ? '' : ', beside as many held out';
  const rows = verdictsOf(evaluation).map(({ drawn, ...rest }) => ({ ...rest, model: drawn }));
  return [
    `${what}: ${count} blocks against ${count} of the reference${beside}.`,
    '',
    ...table([['', what, 'held out', 'bar', ''], ...rows.map(figureRow)]),
    '',
    ...table([
      ['feature', what, 'deviation', 'held out', 'deviation', 'reference', 'deviation', 'OA', 'OA held out', 'KL'],
      ...featureRows(evaluation),
    ]),
    '',
    `${barsMet(rows)} bars met.`,
  ].join('\n');
}

/** The mean and deviation of what is one number; a vector has overlaps alone. */
function featureRows({ drawn, heldOut, reference }: Evaluation): string[][] {
  const sets = [drawn.table, heldOut?.table ?? null, reference.table].map((set) => set && figuresOf(set));
  return FEATURES.map((name) => {
    const single = SCALARS.some((scalar) => scalar === name);
    return [
      name,
      ...sets.flatMap((set) =>
        set === null || !single ? ['-', '-'] : [number(set[name].mean[0]), number(set[name].deviation[0])],
      ),
      number(drawn.comparison.features[name].oa),
      heldOut === null ? '-' : number(heldOut.comparison.features[name].oa),
      number(drawn.comparison.features[name].kl),
    ];
  });
}

/** All of it as data, without the notes. */
export function evaluationJson(what: string, evaluation: Evaluation): unknown {
  const { count, drawn, heldOut, reference, draws, empty, closest } = evaluation;
  const side = ({ table: set, comparison, memorisation }: Measured) => ({
    ...comparison,
    memorisation,
    figures: figuresOf(set),
  });
  return {
    what,
    count,
    draws,
    empty,
    closest,
    drawn: side(drawn),
    heldOut: heldOut && side(heldOut),
    reference: { figures: figuresOf(reference.table) },
    verdicts: verdictsOf(evaluation),
  };
}
