import type { Curve } from '../curves.js';
import type { Evaluation } from '../evaluation.js';
import { type Verdict, verdictsOf } from '../verdicts.js';
import { curveSvg } from './curve-svg.js';
import { featureSection } from './feature-section.js';
import { escaped } from './markup.js';
import { rollSection } from './roll-section.js';
import { STYLE } from './style.js';

export interface Page {
  readonly what: string;
  readonly evaluation: Evaluation;
  /** Of the model's training, where it kept any. */
  readonly curves: readonly Curve[];
  /** The command that this is the answer to. */
  readonly command: string;
}

/** One HTML page that needs nothing else: no script, no font, no address. */
export function evaluationPage({ what, evaluation, curves, command }: Page): string {
  const { count, heldOut } = evaluation;
  const verdicts = verdictsOf(evaluation);
  const judged = verdicts.filter(({ met }) => met !== null);
  const beside = heldOut === null ? '' : `, beside ${count} held out`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(what)}, evaluated</title><style>${STYLE}</style></head><body><main>
<h1>${escaped(what)}</h1>
<p>${count} drawn blocks of sixteen bars against ${count} real ones${beside}.
<b>${judged.filter(({ met }) => met).length} of ${judged.length} bars met.</b>
<span class="key drawn"></span>drawn <span class="key real"></span>real</p>
<h2>Figures</h2>
<div class="scroll"><table><tr><th>figure</th><th>${escaped(what)}</th><th>held out</th><th class="bar">bar</th><th></th></tr>
${verdicts.map(verdictRow).join('\n')}</table></div>
${rollSection(evaluation)}
${featureSection(evaluation)}
${curveSection(curves)}
<footer>Made by <code>${escaped(command)}</code></footer>
</main></body></html>
`;
}

function verdictRow({ figure, unit, drawn, real, bar, met }: Verdict): string {
  const number = (value: number): string => (unit === 'share' ? `${(100 * value).toFixed(2)} %` : value.toFixed(3));
  const verdict = met === null ? '<td></td>' : met ? '<td class="met">✓ met</td>' : '<td class="missed">✗ not met</td>';
  return (
    `<tr><td>${escaped(figure)}</td><td><strong>${number(drawn)}</strong></td>` +
    `<td>${real === null ? '–' : number(real)}</td><td class="bar">${escaped(bar)}</td>${verdict}</tr>`
  );
}

function curveSection(curves: readonly Curve[]): string {
  if (curves.length === 0) return '';
  const cards = curves.map((curve) => `<div class="card"><h3>${escaped(curve.name)}</h3>${curveSvg(curve)}</div>`);
  return `<h2>Training</h2><p>Each point is the mean over its part of the steps.</p><div class="grid-of wide">${cards.join('\n')}</div>`;
}
