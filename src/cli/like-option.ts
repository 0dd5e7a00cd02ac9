import type { Command } from 'commander';
import type { Like } from '../daemon/like.js';
import { DaimonError } from '../errors.js';
import { integerBetween, numberBetween } from './options.js';

/** A phrase to play like: the same words for `start` and `render`. */
export interface LikeOptions {
  readonly like?: string;
  readonly likeBar?: number;
  readonly vary: number;
}

/** Of a file: close to three hours at 120 BPM. */
const LAST_BAR = 5000;

export const withLikeOption = (command: Command): Command =>
  command
    .option('--like <file.mid>', 'play what is most like the first 16 bars of this MIDI file')
    .option('--like-bar <number>', 'those from this bar on', integerBetween(1, LAST_BAR))
    .option('--vary <amount>', 'how far from it, 0 to 1, by the seed', numberBetween(0, 1), 0);

/** Reads the phrase. Throws DaimonError `midi-file` where there is none, `option` where none is named. */
export async function readLike({ like: path, likeBar, vary }: LikeOptions): Promise<Like | null> {
  if (path === undefined) {
    if (likeBar === undefined && vary === 0) return null;
    throw new DaimonError('option', '--like-bar and --vary say how to play like a phrase: name its file with --like.');
  }
  const { readMidiFile } = await import('../smf/read-file.js');
  const { phraseOf } = await import('../smf/phrase.js');
  const file = readMidiFile(path);
  if (file.kind === 'broken') {
    throw new DaimonError('midi-file', `${path} can't be read: ${file.reason}. Name another MIDI file.`);
  }
  const phrase = phraseOf(file, likeBar ?? null);
  if (phrase !== null) return { phrase, vary };
  const where = likeBar === undefined ? '' : ` from bar ${likeBar} on`;
  throw new DaimonError('midi-file', `${path} has no note in a bar of 4/4${where}: name another file or --like-bar.`);
}
