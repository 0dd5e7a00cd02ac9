import { unreachable } from '../../errors.js';
import type { BackendChoice } from '../engine.js';
import type { Backend } from './backend.js';

/** Loads the runtime asked for, and no other. Throws DaimonError `backend` or `option` when it can't run here. */
export async function openBackend(choice: BackendChoice, provider: string | null): Promise<Backend> {
  switch (choice) {
    case 'onnx':
      return (await import('./onnx.js')).openOnnx(provider);
    case 'tfjs':
      return (await import('./tfjs/tfjs.js')).openTfjs();
    default:
      return unreachable(choice);
  }
}
