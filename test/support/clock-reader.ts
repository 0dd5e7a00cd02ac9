import { parentPort } from 'node:worker_threads';
import { now } from '#daimon/bridge/monotonic.js';

/** Answers each message with the time on this thread. */
parentPort?.on('message', () => parentPort?.postMessage(now()));
