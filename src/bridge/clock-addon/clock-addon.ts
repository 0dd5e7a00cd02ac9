import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DaimonError } from '../../errors.js';
import type { SessionSnapshot } from '../../transport/clock/session-clock.js';
import type { AddonSetup, FromAddon, ToAddon } from './addon-thread.js';

/** A clock source that is a package of its own: see docs/clocks.md. */
export interface ClockAddon {
  /** Has it leave its session. */
  close(): Promise<void>;
}

export interface ClockAddonOptions {
  /** A package beside daimon; or a file, from where daimon was started: `./my-clock.mjs`. */
  readonly name: string;
  readonly onSnapshot: (snapshot: SessionSnapshot) => void;
  /** Hears, in one sentence each, of what goes wrong later on. */
  readonly say: (sentence: string) => void;
}

/** Longest wait for an add-on to leave its session, in ms: more than a message to a few others takes. */
const CLOSE_MS = 1000;
/** Of a foreign error, so that a sentence stays one. */
const LONGEST_CAUSE = 200;

/** Opens an add-on in a thread of its own. Rejects with DaimonError `addon` where there is none, or it does not open. */
export async function openClockAddon({ name, onSnapshot, say }: ClockAddonOptions): Promise<ClockAddon> {
  const workerData: AddonSetup = { url: locate(name) };
  const worker = new Worker(new URL('./addon-worker.js', import.meta.url), { name: 'clock-addon', workerData });
  let isOpen = false;
  let isClosing = false;
  let cause = 'it ended by itself';
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  worker.on('error', (error: unknown) => {
    cause = causeOf(error);
  });
  worker.on('exit', () => {
    if (isOpen && !isClosing)
      say(`The clock add-on '${name}' failed (${cause}); playing goes on as it told last: start daimon again.`);
  });
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromAddon) => {
      if (isClosing) return;
      if (message.kind === 'snapshot') onSnapshot(message.snapshot);
      else if (message.kind === 'nonsense')
        say(`The clock add-on '${name}' tells nonsense, which is left out: ${message.why}`);
      else {
        isOpen = true;
        resolve();
      }
    });
    void ended.then(() => reject(doesNotOpen(name, cause)));
  });
  return {
    close: async () => {
      isClosing = true;
      worker.postMessage({ kind: 'close' } satisfies ToAddon);
      const deadline = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await ended;
      clearTimeout(deadline);
    },
  };
}

function locate(name: string): string {
  if (name.startsWith('.') || isAbsolute(name)) {
    const path = resolve(name);
    if (existsSync(path)) return pathToFileURL(path).href;
    throw new DaimonError('addon', `There is no clock add-on '${path}': name the file from the folder you are in.`);
  }
  try {
    return import.meta.resolve(name);
  } catch {
    throw new DaimonError(
      'addon',
      `There is no clock add-on '${name}' beside daimon: 'npm install ${name}' it there, or name a file, beginning with ./ or /.`,
    );
  }
}

const doesNotOpen = (name: string, cause: string): DaimonError =>
  new DaimonError(
    'addon',
    `The clock add-on '${name}' does not open (${cause}); ask who made it, or start without --clock-addon.`,
  );

function causeOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.slice(0, LONGEST_CAUSE).replace(/\.$/, '');
}
