import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A figure over a training. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** More points than a curve is wide say nothing. */
const MOST_POINTS = 200;
/** A million steps with a dozen figures; a longer log is left out. */
const MOST_BYTES = 1 << 28;
const LOGS = ['losses.jsonl', 'metrics.jsonl'];
const lineSchema = z.object({ step: z.number() }).catchall(z.unknown());

/** What a model's training wrote down about itself, thinned by means; nothing where it kept nothing. */
export function readCurves(modelFolder: string): readonly Curve[] {
  return LOGS.map((log) => join(modelFolder, 'training', log))
    .filter((path) => existsSync(path) && statSync(path).size <= MOST_BYTES)
    .flatMap((path) => curvesOf(readFileSync(path, 'utf8')));
}

/** Lines that are no JSON, as a torn last one, are passed over. */
export function curvesOf(lines: string): readonly Curve[] {
  const curves = new Map<string, { step: number; value: number }[]>();
  for (const line of lines.split('\n')) {
    const parsed = lineSchema.safeParse(parse(line)).data;
    if (parsed === undefined) continue;
    for (const [name, value] of Object.entries(parsed)) {
      if (name === 'step' || typeof value !== 'number') continue;
      const points = curves.get(name) ?? [];
      points.push({ step: parsed.step, value });
      curves.set(name, points);
    }
  }
  return [...curves].map(([name, points]) => ({ name, points: thinned(points) }));
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function thinned(points: Curve['points']): Curve['points'] {
  const each = Math.ceil(points.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(points.length / each) }, (_, i) => {
    const part = points.slice(i * each, (i + 1) * each);
    return { step: part[0].step, value: part.reduce((sum, { value }) => sum + value, 0) / part.length };
  });
}
