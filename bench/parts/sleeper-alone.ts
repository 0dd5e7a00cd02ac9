/** A process whose one thread more sleeps to sixteenths at 120 BPM, for scale: node sleeper-alone.js SECONDS */
import { now } from '#daimon/bridge/monotonic.js';
import { latenessOfSleeper } from './sleeper.js';

await latenessOfSleeper({ first: now() + 1000, step: 125, count: Number(process.argv[2]) * 8 });
