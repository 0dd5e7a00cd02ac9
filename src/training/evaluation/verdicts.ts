import type { Evaluation, Measured } from './evaluation.js';
import { means } from './feature-table.js';
import { LAGS } from './features/repetition.js';

/** A figure beside the bar that a model is held to. */
export interface Verdict {
  readonly figure: string;
  readonly unit: 'number' | 'share';
  readonly drawn: number;
  /** The same of real music held out, or for the closest pair of real music; null where that is not known. */
  readonly real: number | null;
  /** The bar in words, with its numbers; empty where there is none. */
  readonly bar: string;
  /** Null where there is no bar, or where it can't be known without music held out. */
  readonly met: boolean | null;
}

const LEAST_OA = 0.9;
const MOST_FRECHET = 2;
const LAG_TOLERANCE = 0.15;
const QUALIFIED_TOLERANCE = 0.1;
/** Half a percentage point. */
const MORE_NEAR = 0.005;

/** Every figure that a model is judged by. */
export function verdictsOf(evaluation: Evaluation): readonly Verdict[] {
  const { drawn, heldOut, closest, draws, empty } = evaluation;
  return [
    {
      figure: 'mean OA',
      unit: 'number',
      drawn: drawn.comparison.meanOa,
      real: heldOut === null ? null : heldOut.comparison.meanOa,
      bar: `>= ${LEAST_OA.toFixed(2)}`,
      met: drawn.comparison.meanOa >= LEAST_OA,
    },
    unjudged('mean KL', evaluation, ({ comparison }) => comparison.meanKl),
    frechetVerdict(drawn, heldOut),
    ...LAGS.map((lag, k) =>
      ratioVerdict(`bars ${lag} apart alike, to real`, evaluation, 'lagSimilarity', k, LAG_TOLERANCE),
    ),
    ratioVerdict('qualified notes, to real', evaluation, 'qualifiedNotes', 0, QUALIFIED_TOLERANCE),
    {
      figure: `empty blocks of ${draws.toLocaleString('en')}`,
      unit: 'share',
      drawn: empty / draws,
      real: null,
      bar: 'none',
      met: empty === 0,
    },
    {
      figure: `closest pair of ${closest.of.toLocaleString('en')}`,
      unit: 'number',
      drawn: closest.drawn.similarity,
      real: closest.real.similarity,
      bar: `<= ${closest.real.similarity.toFixed(3)} (real songs)`,
      met: closest.drawn.similarity <= closest.real.similarity,
    },
    unjudged('near copies, 2 bars', evaluation, ({ memorisation }) => memorisation.twoBars.shareNear, 'share'),
    unjudged(
      'near copies, 2 bars, top voice',
      evaluation,
      ({ memorisation }) => memorisation.twoBarsTopVoice.shareNear,
      'share',
    ),
    nearVerdict('near copies, 4 bars', evaluation, ({ memorisation }) => memorisation.fourBars.shareNear),
    nearVerdict(
      'near copies, 4 bars, top voice',
      evaluation,
      ({ memorisation }) => memorisation.fourBarsTopVoice.shareNear,
    ),
  ];
}

type Figure = (of: Measured) => number;

const unjudged = (
  figure: string,
  { drawn, heldOut }: Evaluation,
  of: Figure,
  unit: Verdict['unit'] = 'number',
): Verdict => ({
  figure,
  unit,
  drawn: of(drawn),
  real: heldOut && of(heldOut),
  bar: '',
  met: null,
});

function frechetVerdict(drawn: Measured, heldOut: Measured | null): Verdict {
  const { frechet } = drawn.comparison;
  const real = heldOut === null ? null : heldOut.comparison.frechet;
  return {
    figure: 'Frechet distance',
    unit: 'number',
    drawn: frechet,
    real,
    bar: `<= ${MOST_FRECHET} x held out${real === null ? '' : ` = ${(MOST_FRECHET * real).toFixed(2)}`}`,
    met: real === null ? null : frechet <= MOST_FRECHET * real,
  };
}

/** The mean of a feature's number k as a ratio to the reference's. */
function ratioVerdict(
  figure: string,
  { drawn, heldOut, reference }: Evaluation,
  name: 'lagSimilarity' | 'qualifiedNotes',
  k: number,
  tolerance: number,
): Verdict {
  const real = means(reference.table[name])[k];
  const ratio = ({ table }: Measured): number => means(table[name])[k] / real;
  return {
    figure,
    unit: 'number',
    drawn: ratio(drawn),
    real: heldOut && ratio(heldOut),
    bar: `${(1 - tolerance).toFixed(2)} to ${(1 + tolerance).toFixed(2)}`,
    met: Math.abs(ratio(drawn) - 1) <= tolerance,
  };
}

function nearVerdict(figure: string, evaluation: Evaluation, of: Figure): Verdict {
  const { drawn, real, ...rest } = unjudged(figure, evaluation, of, 'share');
  const most = real === null ? null : real + MORE_NEAR;
  return {
    ...rest,
    drawn,
    real,
    bar: `<= held out + ${100 * MORE_NEAR} points${most === null ? '' : ` = ${(100 * most).toFixed(2)} %`}`,
    met: most === null ? null : drawn <= most,
  };
}
