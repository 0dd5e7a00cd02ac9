import { constants } from 'node:os';

/** What ends the process from outside, each with the exit code that shells expect: 128 and the signal's number. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * One Ctrl-C comes twice under npm: from the terminal to all of its programs, and from npm to its own. It takes a
 * person longer to think better of waiting.
 */
const ECHO_MS = 500;

/**
 * Whatever ends the process, `close` comes first: a signal, a reader who has gone, an uncaught error, a rejection that
 * nobody handled. Who signals a second time does not want to wait for it.
 */
export function closeOnExit(close: () => Promise<void>): void {
  let closing = false;
  let impatient = false;
  const end = (code: number): void => {
    closing = true;
    setTimeout(() => {
      impatient = true;
    }, ECHO_MS);
    void close().finally(() => process.exit(code));
  };
  for (const signal of SIGNALS) {
    const code = 128 + constants.signals[signal];
    process.on(signal, () => {
      if (!closing) end(code);
      else if (impatient) process.exit(code);
    });
  }
  // until now who printed into a pipe that nobody reads could leave at once; a log on a full disk ends no music
  process.stdout.removeAllListeners('error').on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' && !closing) end(0);
  });
  // an error on the way out, such as a terminal that is gone, must not cut it short
  const fail = (error: unknown): void => {
    if (closing) return;
    end(1);
    console.error('daimon: something in daimon itself is broken; please report:', error);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}
