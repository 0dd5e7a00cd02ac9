/**
 * Since 1.29 the native onnxruntime reports its use to its maker, with an identifier that it keeps on disk, unless this
 * is set before it loads (https://github.com/microsoft/onnxruntime/pull/27379). What a musician plays is nobody else's
 * business. It has to be set on the main thread: a worker has only a copy of the environment, which native code
 * does not see.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
