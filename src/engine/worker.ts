import { parentPort, workerData } from 'node:worker_threads';
import { DaimonError, unreachable } from '../errors.js';
import { Drawer } from './drawer.js';
import type { Drawn } from './engine.js';
import type { EngineSetup, FromEngine, Refusal, ToEngine } from './messages.js';
import { spareTime } from './spare-time.js';

/** The engine's thread: owns backend and weights, answers draws one after another. */

const port = parentPort!;
const tell = (message: FromEngine, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

async function serve(drawer: Drawer): Promise<void> {
  tell({ kind: 'ready', info: drawer.info });
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done;
    return done;
  };
  // what can't be found in spare time is refused when it is asked for
  const spare = spareTime(() => inTurn(() => drawer.scout().catch(() => false)));
  port.on('message', async (message: ToEngine) => {
    spare.interrupt();
    await inTurn(() => answer(drawer, message));
    spare.resume();
  });
}

async function answer(drawer: Drawer, message: ToEngine): Promise<void> {
  switch (message.kind) {
    case 'draw':
      try {
        const drawn = await drawer.draw(message.request);
        tell({ kind: 'drawn', id: message.id, drawn }, buffersOf(drawn));
      } catch (error) {
        tell({ kind: 'refused', id: message.id, refusal: refusalOf(error, `of seed ${message.request.seed}`) });
      }
      return;
    case 'locate':
      try {
        const located = await drawer.locate(message.phrase);
        tell({ kind: 'located', id: message.id, located });
      } catch (error) {
        tell({ kind: 'refused', id: message.id, refusal: refusalOf(error, 'nearest to the phrase') });
      }
      return;
    case 'close':
      await drawer.close();
      port.close();
      return;
    default:
      unreachable(message);
  }
}

/** The planes are handed over instead of copied; the latent is small, and may be asked for again. */
const buffersOf = ({ roll }: Drawn): ArrayBuffer[] =>
  roll.roles
    .flatMap(({ sounding, onset }) => (onset === null ? [sounding] : [sounding, onset]))
    .map(({ buffer }) => buffer)
    .filter((buffer) => buffer instanceof ArrayBuffer);

function refusalOf(error: unknown, what: string): Refusal {
  if (error instanceof DaimonError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'draw', message: `The block ${what} could not be drawn (${reason}): try another.` };
}

try {
  await serve(await Drawer.open(workerData as EngineSetup));
} catch (error) {
  if (!(error instanceof DaimonError)) throw error;
  tell({ kind: 'unable', refusal: { code: error.code, message: error.message } });
}
