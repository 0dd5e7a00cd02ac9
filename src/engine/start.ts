import './silence-telemetry.js';
import { Worker } from 'node:worker_threads';
import { modelRoots } from './bundle.js';
import type { Engine, EngineOptions } from './engine.js';
import { EngineThread } from './engine-thread.js';
import type { EngineSetup } from './messages.js';

/**
 * Starts the engine's thread and waits until its model is loaded and tried. Rejects with a DaimonError: `model` for a
 * bundle that is missing or damaged, `backend` when no runtime works here, `option` for a provider that does not exist.
 */
export function startEngine({ model, modelsDir, backend, provider }: EngineOptions): Promise<Engine> {
  const setup: EngineSetup = { model, roots: modelRoots(modelsDir), backend, provider };
  return EngineThread.start(() => new Worker(new URL('./worker.js', import.meta.url), { workerData: setup }));
}
