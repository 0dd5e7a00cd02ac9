/**
 * Every error that a user can meet. A code is stable: scripts and the WebSocket see it; docs/errors.md has a line
 * for each, and a test compares the two lists.
 */
export const ERROR_CODES = {
  'midi-file': 'A MIDI file could not be read.',
  dataset: 'A dataset file is missing, damaged, or empty.',
  model: 'A model bundle is missing, damaged, or does not fit what was asked of it.',
  backend: 'No runtime that can draw with this model works here.',
  draw: 'A block could not be drawn.',
  preset: 'A preset is missing or holds a value that it may not.',
  map: 'A map of a controller is missing or holds a value that it may not.',
  parameter: 'There is nothing to turn of that name, or it has no such value.',
  history: 'A block to hold, vary or recall is not there.',
  clock: 'It is not our clock that leads.',
  addon: 'A clock add-on is missing or does not open.',
  port: 'A MIDI port is missing or could not be opened.',
  option: 'A command line option has a value that it may not.',
  protocol: 'A message is not of the protocol.',
  listen: 'The WebSocket or OSC could not listen.',
  connect: 'No daimon answers.',
  file: 'A file could not be read or written.',
  training: 'Training could not go on.',
  internal: 'Something in daimon itself is broken.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** `message` is one sentence that says what, where, and what to do next. */
export class DaimonError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DaimonError';
    this.code = code;
  }
}

/** Closes a switch over a union: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
