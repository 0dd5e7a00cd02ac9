import type * as Tf from '@tensorflow/tfjs';

/** TensorFlow.js, whichever of its packages it comes from. */
export type TensorFlow = typeof Tf;
