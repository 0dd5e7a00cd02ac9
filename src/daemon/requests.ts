import type { MessageOf, PlayerRequest } from '../bridge/control/protocol.js';
import type { Hands } from '../bridge/midi/surface/hands.js';
import { type Capture, writeCapture } from '../bridge/recording/capture.js';
import { DaimonError } from '../errors.js';
import { barStart } from '../music/position.js';
import type { Preset } from '../music/preset.js';
import type { Millis } from '../music/units.js';
import { themed } from '../transport/block-plan.js';
import type { ClockCommand } from '../transport/clock/internal-clock.js';
import { chosenTake } from '../transport/conductor.js';
import type { Take } from '../transport/take.js';
import type { Engines } from './engines.js';
import type { History } from './history.js';
import { changeOf } from './instrument.js';
import { like } from './like.js';
import type { Listening } from './listening.js';
import type { Player } from './player.js';
import type { Preview } from './preview.js';
import type { Ramping } from './ramping.js';
import type { Shelf } from './shelf.js';
import { otherLeads } from './turning.js';

/** Where requests take effect, and what they may name. */
export interface Stage {
  readonly player: Player;
  readonly shelf: Shelf;
  readonly engines: Pick<Engines, 'info' | 'chosen' | 'choose'>;
  readonly listening: Pick<Listening, 'phrase'>;
  readonly history: Pick<History, 'find'>;
  readonly hands: Pick<Hands, 'learn' | 'unlearn'>;
  readonly ramping: Pick<Ramping, 'set'>;
  readonly preview: Pick<Preview, 'draw'>;
  readonly capture: Pick<Capture, 'take'>;
  readonly now: () => Millis;
  /** A sentence for the player. */
  readonly say: (text: string) => void;
}

/**
 * Does what a client asks; gives a promise where that takes its time, of a message if there is one for who asks. Throws DaimonError for a preset that does not
 * exist, and the like.
 */
export function obeyRequest(request: PlayerRequest, stage: Stage): Promise<unknown> | undefined {
  const { player, shelf, engines, history, now } = stage;
  const command = (wanted: ClockCommand): void => player.turn({ kind: 'command', command: wanted });
  const { source } = player.clock;
  const isOurs = source === 'internal';
  switch (request.kind) {
    case 'start':
      if (isOurs) command({ kind: 'continue', time: now() });
      else player.mute(false);
      break;
    case 'stop':
      if (isOurs) command({ kind: 'stop', time: now() });
      else player.mute(true);
      break;
    case 'model':
      return engines.choose(request.name);
    case 'like':
      return playLike(request.vary ?? NEAR, stage);
    case 'save':
      return shelf.save(savedAs(request, chosenTake(player.conductor)), request.replace ?? false);
    case 'rename':
      return shelf.rename(request.name, request.to);
    case 'delete':
      return remove(request.name, stage);
    case 'capture':
      return captured(request.bars ?? null, stage);
    case 'draw':
      return stage.preview.draw(request);
    case 'set':
      stage.ramping.set(request.values, request.over ?? 0);
      break;
    case 'learn':
      stage.hands.learn(request);
      break;
    case 'unlearn':
      stage.hands.unlearn(request);
      break;
    case 'locate':
      if (!isOurs) throw otherLeads('song position', source);
      command({ kind: 'locate', time: now(), tick: barStart(request.bar) });
      break;
    case 'panic':
      player.panic();
      break;
    default:
      player.change(changeOf(request, { conductor: player.conductor, shelf, model: engines.info, history }));
  }
  return undefined;
}

/** A variation in which the phrase is still to be known: docs/like.md has figures. */
const NEAR = 0.25;

async function playLike(vary: number, { player, engines, listening }: Stage): Promise<void> {
  const phrase = listening.phrase();
  if (phrase === null)
    throw new DaimonError('history', 'Nothing was played to the MIDI input yet: play a phrase to it first.');
  const theme = await like(engines.chosen, { phrase, vary }, chosenTake(player.conductor).preset);
  player.change({ kind: 'theme', theme });
}

async function remove(name: string, { shelf, say }: Stage): Promise<void> {
  const path = await shelf.remove(name);
  say(`The preset '${name}' is deleted; its file is kept as ${path}.`);
}

async function captured(wanted: number | null, { capture, player, say }: Stage): Promise<MessageOf<'captured'>> {
  const { bytes, notes, bars } = capture.take(wanted, player.position, player.conductor.epoch);
  const path = await writeCapture(bytes, new Date());
  say(`Captured ${notes} notes in ${bars} bars: ${path}`);
  return { kind: 'captured', path, notes, bars };
}

/** What a take plays as a preset; without a word about its seed, that stays the player's choice. */
function savedAs(
  { name, title, description, seed }: Extract<PlayerRequest, { kind: 'save' }>,
  { preset, theme, seed: taken }: Take,
): Preset {
  return {
    ...themed(preset, theme),
    name,
    title: title ?? name,
    description: description ?? `As played on ${preset.title}.`,
    seed: seed === true ? taken : null,
    theme: theme === null ? preset.theme : { latent: theme.latent, cells: theme.cells, amount: theme.amount },
  };
}
