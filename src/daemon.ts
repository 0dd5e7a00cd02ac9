import { openClockAddon } from './bridge/clock-addon/clock-addon.js';
import { checkValues, type Values } from './bridge/control/controls.js';
import type { Surface } from './bridge/control/desk.js';
import { blockMessage, noteMessage } from './bridge/control/messages.js';
import { DEFAULT_PORT, type MessageOf, type ServerMessage } from './bridge/control/protocol.js';
import { openMidiOut } from './bridge/midi/output/output-process.js';
import type { PortWish } from './bridge/midi/ports/ports.js';
import { openHands } from './bridge/midi/surface/hands.js';
import { loadMaps, saveMap } from './bridge/midi/surface/map-folder.js';
import { now } from './bridge/monotonic.js';
import { type OscOptions, openOsc } from './bridge/osc/osc.js';
import { loadPresets } from './bridge/presets/preset-folder.js';
import { newCapture } from './bridge/recording/capture.js';
import { openRecorder } from './bridge/recording/recorder.js';
import { toAll } from './bridge/recording/scribe.js';
import type { Beyond } from './bridge/websocket/door.js';
import { type ControlServer, openControlServer } from './bridge/websocket/websocket.js';
import { type Closers, closeAll } from './daemon/closers.js';
import { openControllers } from './daemon/controllers.js';
import { newDesk } from './daemon/desk.js';
import { newEngines } from './daemon/engines.js';
import { greeting } from './daemon/greeting.js';
import { newHistory } from './daemon/history.js';
import { type Like, like } from './daemon/like.js';
import { newListening } from './daemon/listening.js';
import { startLoop } from './daemon/loop.js';
import { newPlayer } from './daemon/player.js';
import { newPreview } from './daemon/preview.js';
import { newRamping } from './daemon/ramping.js';
import { rehearse } from './daemon/rehearsal.js';
import { newRolls } from './daemon/rolls.js';
import { chooseSeed } from './daemon/seed.js';
import { newShelf } from './daemon/shelf.js';
import { historyMessage, modelOf, type Show, stateOf, titlesOf } from './daemon/status.js';
import { newTiming } from './daemon/timing.js';
import { turn } from './daemon/turning.js';
import { listBundles, modelRoots } from './engine/bundle.js';
import { ownColumns } from './engine/endless/surroundings.js';
import type { EngineInfo, EngineOptions } from './engine/engine.js';
import { startEngine } from './engine/start.js';
import { positionAt } from './music/position.js';
import type { Seed } from './music/random.js';
import type { Bpm, Millis, Tick } from './music/units.js';
import { type ClockMode, clockState, newClock } from './transport/clock/clock.js';
import { type ClockMove, songPosition } from './transport/clock/clock-state.js';
import type { FollowerPolicy } from './transport/clock/follower.js';
import type { SessionSnapshot } from './transport/clock/session-clock.js';
import { newConductor } from './transport/conductor.js';
import { modelsOf, type Started } from './transport/conductor-state.js';

export interface DaemonOptions extends EngineOptions {
  readonly preset: string;
  /** Null: the preset's if it has one, else any. */
  readonly seed: Seed | null;
  /** A phrase to play like, until a seed, preset or next says otherwise. */
  readonly like: Like | null;
  /** Strike late what should be sounding where a block is taken up in its middle. */
  readonly chase: boolean;
  readonly clock: ClockMode;
  /** Our own clock leads, whatever `clock` says, and is sent at the output; no host is heard, least of all ourselves. */
  readonly clockOut: boolean;
  /** A package that joins a session, which then leads, whatever `clock` says. */
  readonly clockAddon: string | null;
  /** How a host's clock is followed. */
  readonly policy: FollowerPolicy;
  /** Of our own clock. */
  readonly tempo: Bpm;
  /** What is turned from the start on. */
  readonly set: Values;
  /** So much later than the clock notes are sent; earlier below 0. */
  readonly offset: Millis;
  readonly input: PortWish;
  readonly output: PortWish;
  /** MIDI controllers: names of ports, or parts of them. */
  readonly controllers: readonly string[];
  /** A file to record to. */
  readonly record: string | null;
  /** Of the WebSocket: 0 for any that is free, 'usual' for the usual one or else any, null for no WebSocket. */
  readonly port: number | 'usual' | null;
  /** OSC: a port as for the WebSocket, and who is told all that changes; null for none. */
  readonly osc: Pick<OscOptions, 'port' | 'to' | 'from'> | null;
  /** Where other devices are let in, by what token; null where they are not. */
  readonly beyond: Beyond | null;
  /** Shows a line to the player. */
  readonly print: (line: string) => void;
}

export interface Daemon {
  /** Where the panel is; null where there is none. */
  readonly panel: string | null;
  /** Ends every note, finishes the recording, closes the ports. */
  close(): Promise<void>;
}

/** Builds the parts and connects them. Rejects with a DaimonError, having closed what was open already. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { print, offset, clockAddon } = options;
  const closers: Closers = [];
  const close = (): Promise<void> => closeAll(closers, print);
  const surfaces: Surface[] = [];
  const tell = (message: ServerMessage): void => {
    for (const surface of surfaces) surface.broadcast(message);
  };
  const say = (text: string): void => {
    print(text);
    tell({ kind: 'notice', text });
  };
  let playing: MessageOf<'block'> | null = null;
  const history = newHistory();
  const onBlock = (started: Started): void => {
    const { block, index, start, from, repeated } = started;
    const { number } = history.hear(started);
    playing = blockMessage(number, index, start, { ...block, latent: ownColumns(block.latent) });
    tell(playing);
    print(`bar ${positionAt(from).bar}: ${block.preset}, seed ${block.seed}${repeated ? ', again' : ''}`);
  };

  try {
    const found = await loadPresets();
    for (const { message } of found.broken) print(message);
    const onChanged = (): void => tell({ kind: 'presets', presets: titlesOf(shelf.presets) });
    const models = (await listBundles(modelRoots(options.modelsDir))).map(({ name }) => name);
    const shelf = newShelf(found, { onChanged });
    const preset = shelf.find(options.preset);
    // its process comes up while the model is loaded
    const opening = openMidiOut({ port: options.output, sendsClock: options.clockOut, warn: say });
    closers.push(async () => (await opening).close());
    const onChosen = (model: number, info: EngineInfo): void => {
      player.change({ kind: 'model', model });
      tell({ kind: 'model', ...modelOf(info) });
      print(`model ${info.model}, ${info.backend}`);
    };
    const engines = newEngines(await startEngine(options), (model) => startEngine({ ...options, model }), onChosen);
    closers.push(() => engines.close());
    const recorder = options.record === null ? null : await openRecorder(options.record, say);
    if (recorder !== null) closers.push(() => recorder.finish());
    const capture = newCapture();
    const listener = toAll(recorder === null ? [capture] : [recorder, capture]);
    const out = await opening;
    // before the recording is finished; a second time does nothing
    closers.push(() => out.close());
    const input = await out.listen(options.input);

    const clock = newClock(leaderOf(options), options.tempo, options.policy);
    const seed = chooseSeed(options.seed, preset);
    const theme = options.like && (await like(engines.of(0), options.like, preset));
    const conductor = newConductor(preset, seed, options.chase);
    const onMove = (move: ClockMove, from: Tick): void => listening.moved(move, from);
    const player = newPlayer({
      clock,
      conductor,
      out,
      engineOf: engines.of,
      listener,
      offset,
      now,
      onBlock,
      onMove,
      onReflexes: (reflexes) => out.setReflexes(reflexes),
      say,
    });
    const listening = newListening({
      positionAt: (time) => songPosition(clockState(player.clock), time),
      now,
      onChord: (pitchClasses) => player.change({ kind: 'chord', pitchClasses }),
    });
    const timing = newTiming();
    const show: Show = { player, engines, timing, out, input, now };
    closers.push(() => player.close());
    if (theme !== null) player.change({ kind: 'theme', theme });
    turn(options.set, player, engines.info, now());
    out.onSent((sent) => {
      listener.sent(sent);
      timing.sent(sent);
      const note = noteMessage(sent);
      if (note !== null) tell(note);
    });
    input.onMessage((message) => player.turn({ kind: 'message', message }));
    closers.push(() => listening.close());
    input.onPanic(() => player.panic());
    if (clockAddon !== null) {
      const onSnapshot = (snapshot: SessionSnapshot): void => player.turn({ kind: 'snapshot', snapshot, now: now() });
      const addon = await openClockAddon({ name: clockAddon, onSnapshot, say });
      closers.push(() => addon.close());
    }

    const { maps, broken: brokenMaps } = await loadMaps();
    for (const { message } of brokenMaps) print(message);
    const hands = openHands({
      hello: () => desk.hello(),
      onRequest: (request) => desk.onRequest(request),
      controls: () => desk.controls(),
      values: () => desk.values(),
      maps,
      tell,
      say,
      save: saveMap,
      now,
    });
    const ramping = newRamping({ player, info: () => engines.info, now, say });
    const preview = newPreview({ player, engines, shelf });
    const stage = { player, shelf, engines, listening, history, hands, ramping, capture, preview, now, say };
    const desk = newDesk(stage, show, models, tell);
    const add = (surface: Surface): void => {
      surfaces.push(surface);
      // first in, last out: who looks is told how the notes end
      closers.unshift(() => surface.close());
    };
    let server: ControlServer | null = null;
    const rolls = newRolls({
      player,
      engineOf: engines.of,
      isWanted: () => server?.isHeard('rolls') ?? false,
      show: (place, frame) => server?.show(place, frame),
    });
    if (options.port !== null) {
      server = await openControlServer({
        ...desk,
        port: options.port === 'usual' ? DEFAULT_PORT : options.port,
        elseAny: options.port === 'usual',
        beyond: options.beyond,
        check: (values) => checkValues(desk.controls(), values),
        block: () => (player.conductor.part === null ? null : playing),
        history: () => historyMessage(history.heard),
        bindings: () => hands.bindings,
        rolls: () => rolls.frames,
      });
      add(server);
    }
    const osc = options.osc && (await openOsc({ ...desk, ...options.osc, say }));
    if (osc !== null) add(osc);
    surfaces.push(hands);
    const controllers = await openControllers({
      names: options.controllers,
      hands,
      input,
      out,
      onNote: (note) => listening.note(note),
      onPanic: () => player.panic(),
      say,
    });
    closers.push(() => controllers.close());
    const goOn = (): void => {
      player.turn({ kind: 'time', now: now() });
      ramping.advance();
      engines.retain(modelsOf(player.conductor));
      tell({ kind: 'state', ...stateOf(show) });
      desk.tellTurned();
      rolls.look();
      preview.look();
    };
    closers.push(startLoop(goOn, () => clockState(player.clock).kind === 'stopped'));

    const setup = {
      info: engines.info,
      out,
      input,
      clock,
      clockOut: options.clockOut,
      clockAddon,
      take: conductor.take,
      offset,
      url: server?.url ?? null,
      osc: osc === null ? null : { url: osc.url, to: options.osc?.to ?? [] },
      links: server?.links ?? [],
      recording: options.record,
      // the first is our own input
      hands: hands.bindings.controllers.slice(1),
    };
    for (const line of greeting(setup)) print(line);
    // other clocks wait for who leads them; our own begins by itself, and commands reach no other
    void player.ready().then(() => {
      rehearse({ conductor: player.conductor, engineOf: engines.of });
      player.turn({ kind: 'command', command: { kind: 'start', time: now() } });
    });
    return { panel: server?.url.replace('ws:', 'http:') ?? null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const leaderOf = ({ clock, clockOut, clockAddon }: DaemonOptions): ClockMode =>
  clockAddon !== null ? 'session' : clockOut ? 'internal' : clock;
