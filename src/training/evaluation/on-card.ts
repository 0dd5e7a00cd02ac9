import { type Bundle, readBundle, writeCard } from '../../engine/bundle.js';
import type { Card } from '../../engine/card.js';
import { DaimonError } from '../../errors.js';
import type { Evaluation } from './evaluation.js';
import { verdictsOf } from './verdicts.js';

type OnCard = NonNullable<Card['evaluation']>;

/** What a card keeps of an evaluation; `command` is the one that this is the answer to. */
export function evaluationForCard(evaluation: Evaluation, command: string): OnCard {
  return {
    command,
    date: new Date().toISOString().slice(0, 10),
    blocks: evaluation.count,
    draws: evaluation.draws,
    rows: verdictsOf(evaluation).map(({ figure, unit, drawn, real, bar, met }) => {
      return { figure, unit, model: known(drawn), real: known(real), bar, met };
    }),
  };
}

/** To a millionth; JSON knows no number that is none, such as a ratio to nothing. */
const known = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : Math.round(value * 1e6) / 1e6;

/**
 * Makes sure that a model's card can be written, before its user waits for an evaluation, and gives the function that
 * writes it. Throws DaimonError `file` where the system refuses; the function also `model` where the model has changed.
 */
export async function openCard({ folder, card }: Bundle): Promise<(evaluation: OnCard) => Promise<void>> {
  await replaceCard(folder, card);
  return async (evaluation) => {
    const { card: now } = await readBundle(folder);
    // its words may have changed, but not what plays
    const plays = ({ files, decoding }: Card): string => JSON.stringify([files, decoding]);
    if (plays(now) !== plays(card)) {
      throw new DaimonError('model', `${folder} has changed since its blocks were drawn: evaluate it again.`);
    }
    await replaceCard(folder, { ...now, evaluation });
  };
}

async function replaceCard(folder: string, card: Card): Promise<void> {
  try {
    await writeCard(folder, card);
  } catch (cause) {
    if (cause instanceof DaimonError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = 'leave out --card, or copy the folder to one of yours and name that in --models-dir';
    throw new DaimonError('file', `The card in ${folder} can't be written (${reason}); ${advice}.`, { cause });
  }
}
