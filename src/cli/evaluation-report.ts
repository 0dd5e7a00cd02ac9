import type { Evaluation, Measured } from '../training/evaluation/evaluation.js';
import { figuresOf } from '../training/evaluation/evaluation.js';
import { FEATURES, SCALARS } from '../training/evaluation/features.js';
import { type Verdict, verdictsOf } from '../training/evaluation/verdicts.js';
import { columns } from './columns.js';

/** An evaluation as a page of text. `what` names what was judged. */
export function evaluationText(what: string, evaluation: Evaluation): string {
  const { count, heldOut } = evaluation;
  const beside = heldOut === null ? '' : ', beside as many held out';
  const verdicts = verdictsOf(evaluation);
  const judged = verdicts.filter(({ met }) => met !== null);
  return [
    `${what}: ${count} blocks against ${count} of the reference${beside}.`,
    '',
    ...table([
      ['', what, 'held out', 'bar', ''],
      ...verdicts.map((verdict) => [
        verdict.figure,
        number(verdict.drawn, verdict.unit),
        verdict.real === null ? '-' : number(verdict.real, verdict.unit),
        verdict.bar,
        met(verdict),
      ]),
    ]),
    '',
    ...table([
      ['feature', what, 'deviation', 'held out', 'deviation', 'reference', 'deviation', 'OA', 'OA held out', 'KL'],
      ...featureRows(evaluation),
    ]),
    '',
    `${judged.filter(({ met: yes }) => yes).length} of ${judged.length} bars met.`,
  ].join('\n');
}

const met = ({ met: yes, bar }: Verdict): string =>
  yes === null ? (bar === '' ? '' : 'wants --data') : yes ? 'met' : 'NOT MET';

const number = (value: number, unit: Verdict['unit'] = 'number'): string =>
  unit === 'share'
    ? `${(100 * value).toFixed(2)} %`
    : Number.isNaN(value)
      ? '-'
      : value.toFixed(3).replace(/^-(0\.0+)$/, '$1');

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

/** As columns, numbers to the right of theirs. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const numeric = rows[0].map((_, i) => rows.slice(1).every((row) => /^(-|[\d.]+( %)?)$/.test(row[i])));
  return columns(rows.map((row) => row.map((text, i) => (numeric[i] ? text.padStart(widths[i]) : text))));
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
