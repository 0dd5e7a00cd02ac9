import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../../errors.js';
import { PITCHES } from '../../music/roll.js';
import { COLUMNS } from '../../music/sketch.js';
import { STEPS_PER_BLOCK, TICKS_PER_BLOCK } from '../../music/units.js';
import { bindingsKeys, learnKeys, unlearnKeys } from './learn-messages.js';
import { MAX_VALUES, parameter, parameterPath, values } from './parameter-messages.js';
import { numberIn, textUpTo, wholeIn, wordOf } from './schema.js';
import { state } from './state-message.js';
import { channel, count, modelName, pitch, presetName, seed, velocity } from './terms.js';
import { TOPICS } from './topics.js';

export { LATE_MS, type Lateness, type StateBody } from './state-message.js';

/**
 * The WebSocket protocol: every message there is, one JSON object to a text frame. docs/protocol.md shows each. A
 * change that an older client would not survive raises the version; a new key or kind does not.
 */
export const PROTOCOL_VERSION = 1;

/** Where the daemon listens unless told otherwise; nothing well known lives there. */
export const DEFAULT_PORT = 7333;

/** What a MIDI song position can say: 14 bits of sixteenths. */
const MAX_BAR = 1024;

/** A slow build, or a whole piece of ten minutes. */
const MAX_RAMP_SECONDS = 600;

/** The daemon itself looks no oftener while it plays; and ten seconds are a log. */
const [MIN_EVERY_MS, MAX_EVERY_MS] = [25, 10_000];

/** So much is kept: src/bridge/recording/score-window.ts. */
const MAX_CAPTURE_BARS = 256;

/** Longer than most songs. */
const MAX_GLIDE_BARS = 256;

/** Four times the latent of the shipped model (16 x 2 x 8), and at full precision still within a frame. */
const MAX_LATENT = 1024;

const id = z.union([z.string().max(64), z.number()], { error: 'a text of at most 64 characters or a number' });
const share = numberIn(0, 1);
const row = wordOf(['low', 'high', 'both']);
const latent = z
  // ten standard deviations: further out no model has ever been
  .array(numberIn(-10, 10), { error: 'a list of numbers' })
  .min(1, { error: 'a list of at least one number' })
  .max(MAX_LATENT, { error: `a list of at most ${MAX_LATENT} numbers` })
  .readonly();

const request = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), id: id.optional(), ...shape }).meta({ id: `request.${kind}` });

/** Client to server. Each is answered by one `ok` or `error` that carries its `id`. */
const REQUESTS = [
  /** The version the client speaks; refused where it is not ours. */
  request('hello', { protocol: wholeIn(1, 1_000_000) }),
  /** Start and stop the internal clock, or let the clock of a host or session play and mute it. */
  request('start', {}),
  request('stop', {}),
  /** Another block, of another seed, from the next bar line on. */
  request('next', {}),
  request('seed', { value: seed }),
  /** Draws from this latent instead of the seed's; null goes back to the seed. */
  request('latent', { values: latent.nullable() }),
  request('preset', { name: presetName }),
  /** Turns what can be turned, by the paths of `parameters`, evenly in so many seconds; nothing is written anywhere. */
  request('set', { values, over: z.exactOptional(numberIn(0, MAX_RAMP_SECONDS)) }),
  /** Has the `values` of these paths sent, or of all, before the `ok`. */
  request('get', { paths: z.exactOptional(z.array(parameterPath).max(MAX_VALUES)) }),
  /** Writes what plays as a preset of the player's own: its keys and theme, and the seed where that is wanted. */
  request('save', {
    name: presetName,
    title: z.exactOptional(textUpTo(60)),
    description: z.exactOptional(textUpTo(200)),
    seed: z.exactOptional(z.boolean()),
    replace: z.exactOptional(z.boolean()),
  }),
  /** Gives a preset of the player's own another name, or puts it aside: nothing of it is lost. */
  request('rename', { name: presetName, to: presetName }),
  request('delete', { name: presetName }),
  /** Keeps columns of what plays, all else being drawn afresh for each block; none lets all go. */
  request('hold', {
    columns: z
      .array(wholeIn(1, COLUMNS), { error: `a list of columns, 1 to ${COLUMNS}` })
      .max(COLUMNS)
      .readonly(),
    row: z.exactOptional(row),
  }),
  /** From the next bar line on, what is not held leaves the block that plays so far: 0 not at all, 1 is a fresh draw. */
  request('vary', { amount: share }),
  /** Plays what is most like what was played to us last, and leaves it so far in each block. */
  request('like', { vary: z.exactOptional(share) }),
  /** So far on the way from the preset that plays to another; null leaves the way, or the pad or glide. */
  request('morph', { to: presetName.nullable(), x: z.exactOptional(share) }),
  /** Within a square of presets: the one that plays at 0, 0; `right` at 1, 0; `up` at 0, 1; `far` at 1, 1. */
  request('pad', { right: presetName, up: presetName, far: presetName, x: share, y: share }),
  /** To another preset, evenly over so many bars. */
  request('glide', { to: presetName, bars: wholeIn(1, MAX_GLIDE_BARS) }),
  /** The last change of what is drawn, taken back, or made again. */
  request('undo', {}),
  request('redo', {}),
  /** What waits for its launch shall not be launched. */
  request('cancel', {}),
  /** Plays a block again, block after block, by its number. */
  request('recall', { block: count.min(1) }),
  /** Has the `history` sent, before the `ok`. */
  request('history', {}),
  /** Writes the last so many bars that were heard, or all since playing began, as a MIDI file. */
  request('capture', { bars: z.exactOptional(wholeIn(1, MAX_CAPTURE_BARS)) }),
  /** Draws a block that is not played: of a seed, or of a latent, by the preset that plays or another. */
  request('draw', { seed, values: z.exactOptional(latent), preset: z.exactOptional(presetName) }),
  /** Loads another model beside the one that plays, and answers once it is ready to take over. */
  request('model', { name: modelName }),
  /** Moves the internal clock to the start of a bar. */
  request('locate', { bar: wholeIn(1, MAX_BAR) }),
  /** Ends every note that sounds, now; the music goes on with its next one. */
  request('panic', {}),
  /** Binds what is moved next at a controller; and lets a binding go. */
  request('learn', learnKeys),
  request('unlearn', unlearnKeys),
  /** Has the `bindings` sent, before the `ok`. */
  request('bindings', {}),
  /** Has one `state` sent at once, before the `ok`. */
  request('get-state', {}),
  request('ping', {}),
  /** What this client is told of from now on; of what changes all the time, every so many ms at most. */
  request('subscribe', {
    topics: z.array(wordOf(TOPICS)).max(TOPICS.length).readonly(),
    every: z.exactOptional(wholeIn(MIN_EVERY_MS, MAX_EVERY_MS)),
  }),
] as const;

export const REQUEST_KINDS: readonly string[] = REQUESTS.map((schema) => schema.shape.kind.value);

export const requestSchema = z.discriminatedUnion('kind', REQUESTS, {
  error: (issue) =>
    issue.code === 'invalid_union' ? `one of ${REQUEST_KINDS.join(', ')}` : 'an object with a key `kind`',
});

/** The keys that a request of this kind may have; of no kind, just those that all have. */
export const requestKeys = (kind: unknown): readonly string[] =>
  Object.keys(REQUESTS.find((schema) => schema.shape.kind.value === kind)?.shape ?? { kind, id });

/** What a client must know of a model to steer it. */
const model = {
  model: modelName,
  latentShape: z.strictObject({ channels: z.number(), rows: z.number(), columns: z.number() }),
  /** All that can be turned while it plays. */
  parameters: z.array(parameter).readonly(),
};

const note = z.strictObject({
  onset: wholeIn(0, TICKS_PER_BLOCK - 1),
  duration: wholeIn(1, TICKS_PER_BLOCK),
  pitch,
  velocity,
  channel,
});

/** Times in ticks from the block's start. */
const notes = z
  .array(note)
  .max(PITCHES * STEPS_PER_BLOCK)
  .readonly();

const names = z.array(z.string()).readonly();

const presets = z.array(z.strictObject({ name: presetName, title: z.string(), description: z.string() })).readonly();

const message = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape }).meta({ id: `message.${kind}` });

/** Server to client. */
const MESSAGES = [
  /** The first message of every connection. */
  message('hello', {
    protocol: z.number().int(),
    daimon: z.string(),
    /** What this daimon understands, and what it can tell of. */
    capabilities: z.strictObject({ requests: names, topics: names }),
    /** The models there were when daimon started, by name. */
    models: names,
    ...model,
    values,
    presets,
    state,
  }),
  message('ok', { id: id.nullable() }),
  message('error', { id: id.nullable(), code: z.enum(Object.keys(ERROR_CODES) as ErrorCode[]), message: z.string() }),
  /** At most ten times a second, and then the newest. */
  message('state', state.shape),
  /** Where all that can be turned now stands, by path: after a change, as often as `state`. */
  message('values', { values }),
  /** There are other presets than before. */
  message('presets', { presets }),
  /** Another model was chosen: what follows from `hello` of the one before is void. */
  message('model', model),
  /** A block, when it begins; and right after `hello`, where one is playing. */
  message('block', {
    /** Counts the blocks of this take from 0. */
    index: count,
    /** The song's bar on which it begins. */
    bar: z.number().int(),
    model: modelName,
    preset: presetName,
    seed,
    latent,
    /** To recall it by. */
    number: count,
    notes,
  }),
  /** A block that is not played, before the `ok` to whom asked for it. */
  message('drawn', { model: modelName, preset: presetName, seed, latent, notes }),
  /** The blocks heard, the newest last. */
  message('history', {
    blocks: z
      .array(z.strictObject({ number: count, bar: z.number().int(), model: modelName, preset: presetName, seed }))
      .readonly(),
  }),
  /** The controllers, what each moves, and what is armed to be learned: after a change, and where it was asked for. */
  message('bindings', bindingsKeys),
  /** What was captured, before the `ok` to whom asked for it. */
  message('captured', { path: z.string(), notes: count, bars: count }),
  /** A note that has just begun or ended at the MIDI port; `tick` counts from the song's start. */
  message('note', { on: z.boolean(), pitch, velocity: wholeIn(0, 127), channel, tick: z.number() }),
  /** Something the player should know, in a sentence. */
  message('notice', { text: z.string() }),
] as const;

export const MESSAGE_KINDS: readonly string[] = MESSAGES.map((schema) => schema.shape.kind.value);

export const messageSchema = z.discriminatedUnion('kind', MESSAGES);

export type RequestId = z.infer<typeof id>;
export type ControlRequest = z.infer<typeof requestSchema>;
export type ServerMessage = z.infer<typeof messageSchema>;
export type MessageOf<K extends ServerMessage['kind']> = Extract<ServerMessage, { kind: K }>;
export type ParameterMessage = z.infer<typeof parameter>;
/** What the daemon knows of itself; the server adds the versions and what it can do. */
export type HelloBody = Omit<MessageOf<'hello'>, 'kind' | 'protocol' | 'daimon' | 'capabilities'>;
/** Requests that the daemon answers; the others are between client and server. */
export type PlayerRequest = Exclude<
  ControlRequest,
  { kind: 'hello' | 'get' | 'get-state' | 'history' | 'bindings' | 'ping' | 'subscribe' }
>;
