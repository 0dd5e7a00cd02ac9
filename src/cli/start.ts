import { Command } from 'commander';
import { DEFAULT_PORT } from '../bridge/control/protocol.js';
import { IN_PORT, OUT_PORT, type PortWish } from '../bridge/midi/ports/ports.js';
import { DEFAULT_OSC_PORT } from '../bridge/osc/address.js';
import type { Beyond } from '../bridge/websocket/door.js';
import { PLAYING } from '../music/playing.js';
import { type Millis, millis } from '../music/units.js';
import { CLOCK_MODES, type ClockMode, USUAL_POLICY } from '../transport/clock/clock.js';
import type { FollowerPolicy } from '../transport/clock/follower.js';
import { type LikeOptions, readLike, withLikeOption } from './like-option.js';
import { openPage } from './open-page.js';
import { controllerNames, type HostAndPort, hostAndPort, networkPort, numberBetween, oneOf } from './options.js';
import { engineOptions, type PlayOptions, withPlayOptions } from './play-options.js';

interface StartOptions extends PlayOptions, LikeOptions {
  readonly clock: ClockMode;
  readonly clockOut?: true;
  readonly clockAddon?: string;
  readonly runOn: FollowerPolicy['runOn'];
  readonly whenLost: FollowerPolicy['whenLost'];
  readonly offset: Millis;
  readonly in?: string;
  readonly out?: string;
  readonly control: readonly string[];
  readonly record?: string;
  /** False for --no-chase. */
  readonly chase: boolean;
  /** False for --no-ws. */
  readonly ws: boolean;
  /** False for --no-open. */
  readonly open: boolean;
  readonly wsPort?: number;
  readonly oscPort?: number | 'off';
  readonly oscTo?: readonly HostAndPort[];
  readonly oscFrom?: readonly string[];
  readonly host?: string;
  readonly tokenFile?: string;
}

export const startCommand = (): Command =>
  withLikeOption(withPlayOptions(new Command('start').description('play, on the clock of a host or our own')))
    .option('--clock <mode>', 'whose clock leads: host, internal or auto', oneOf<ClockMode>(...CLOCK_MODES), 'auto')
    .option('--clock-out', 'send our own clock to where we play, for others to follow; no host is heard')
    .option('--clock-addon <package>', 'join a session by an add-on of yours, such as Ableton Link; its clock leads')
    .option(
      '--run-on <what>',
      "follow a host from its start, or from its clock's first pulse where it sends no Start: start or clock",
      oneOf('start', 'clock'),
      USUAL_POLICY.runOn,
    )
    .option(
      '--when-lost <what>',
      "when the host's clock falls silent: stop after two seconds, or free-wheel at its tempo",
      oneOf('stop', 'free-wheel'),
      USUAL_POLICY.whenLost,
    )
    .option(
      '--offset <ms>',
      `send every note so much later than the clock; earlier below 0, ${OFFSET.min} to ${OFFSET.max}`,
      parseOffset,
      millis(0),
    )
    .option('--in <name>', `hear the clock at this MIDI input instead of ${IN_PORT}`)
    .option('--out <name>', `play to this MIDI output instead of ${OUT_PORT}`)
    .option(
      '--control <name>',
      'turn knobs and press pads of the MIDI controller at this port; may be given again',
      controllerNames,
      [],
    )
    .option('--no-chase', 'after a jump into held notes, wait for the next ones instead of striking those late')
    .option('--record <file.mid>', 'write what is played to a MIDI file')
    .option(
      '--ws-port <number>',
      `the WebSocket's port; 0 for any (default: ${DEFAULT_PORT}, or any if taken)`,
      networkPort,
    )
    .option('--no-ws', 'do without the WebSocket and the panel')
    .option('--no-open', 'do not open the panel in a browser')
    .option(
      '--osc-port <number>',
      `the port to hear OSC at; 0 for any, or off (default: ${DEFAULT_OSC_PORT}, or any if taken)`,
      (text) => (text === 'off' ? text : networkPort(text)),
    )
    .option('--osc-to <host:port>', 'send all that changes there by OSC; may be given again', hostAndPort)
    .option(
      '--osc-from <host>',
      'hear OSC from this machine too; may be given again',
      (host, before: readonly string[] = []) => [...before, host],
    )
    .option('--host <address>', 'let other devices in at this address of this machine, by a token; 0.0.0.0 for any')
    .option('--token-file <file>', 'keep the token there, so that links stay good (default: another one each time)')
    .action(run)
    .addHelpText(
      'after',
      `
With --clock auto, daimon plays by itself at --bpm until a host sends its clock, and follows that from then on. With
host it waits for the host's Start; with internal it hears no host.

A positive --offset waits for what sounds late elsewhere, a negative one is ahead of an instrument that answers late.
What could not be sent so early any more, as the first beat after a host's Start, goes out at once.

Examples:
  daimon                                 play through ${OUT_PORT}; follow the clock that comes in at ${IN_PORT}
  daimon --clock internal --bpm 96       play without a host
  daimon --clock-out --bpm 96            lead: a DAW or a drum machine follows our clock
  daimon --clock-addon ./my-clock.mjs    join a session by an add-on: docs/clocks.md
  daimon --preset cellar --seed 7        the same notes every time
  daimon --record take.mid               keep what was played
  daimon --osc-from 192.168.1.20 --osc-to 192.168.1.20:9000   a tablet's faders, both ways: docs/osc.md
  daimon --control "MIDI Mix"            turn it by a controller: docs/controllers.md
  daimon --host 0.0.0.0                  let a tablet in, by the link or QR code that is shown
  daimon --out loopMIDI --in loopMIDI    by ports that are there already, as on Windows`,
    );

async function run(options: StartOptions, command: Command): Promise<void> {
  const { clock, clockOut = false, clockAddon = null } = options;
  const isChosen = command.getOptionValueSource('clock') === 'cli';
  if (clockOut && isChosen && clock !== 'internal')
    command.error(`error: --clock-out has our own clock lead, --clock ${clock} the host's: leave one of them out.`);
  if (clockAddon !== null && isChosen)
    command.error(`error: --clock-addon has a session lead, --clock ${clock} another: leave one of them out.`);
  if (clockAddon !== null && clockOut)
    command.error('error: --clock-addon has a session lead, --clock-out our own clock: leave one of them out.');
  const { oscPort = 'usual', oscTo = [], oscFrom = [] } = options;
  if (oscPort === 'off' && oscTo.length + oscFrom.length > 0)
    command.error('error: --osc-to and --osc-from are of the OSC that --osc-port off does without: leave it out.');
  if (options.host !== undefined && !options.ws)
    command.error('error: --host lets others come to the WebSocket, --no-ws does without: leave one of them out.');
  if (options.tokenFile !== undefined && options.host === undefined)
    command.error('error: --token-file is for those whom --host lets in: name an address of this machine by --host.');
  const { startDaemon } = await import('../daemon.js');
  const { closeOnExit } = await import('../daemon/exit.js');
  const daemon = await startDaemon({
    ...engineOptions(options),
    preset: options.preset,
    seed: options.seed ?? null,
    like: await readLike(options),
    chase: options.chase,
    clock,
    clockOut,
    clockAddon,
    policy: { runOn: options.runOn, whenLost: options.whenLost },
    tempo: options.bpm,
    set: options.set ?? {},
    offset: options.offset,
    input: wish(options.in, IN_PORT),
    output: wish(options.out, OUT_PORT),
    controllers: options.control,
    record: options.record ?? null,
    port: options.ws ? (options.wsPort ?? 'usual') : null,
    osc: oscPort === 'off' ? null : { port: oscPort, to: oscTo, from: oscFrom },
    beyond: options.host === undefined ? null : await beyond(options.host, options.tokenFile),
    print: (line) => console.log(line),
  });
  closeOnExit(() => daemon.close());
  if (options.open && daemon.panel !== null) await openPage(daemon.panel);
}

async function beyond(host: string, tokenFile: string | undefined): Promise<Beyond> {
  const { keptToken, newToken } = await import('../bridge/websocket/token.js');
  return { host, token: tokenFile === undefined ? newToken() : await keptToken(tokenFile) };
}

const OFFSET = PLAYING.offset;
const parseOffset = (text: string): Millis => millis(numberBetween(OFFSET.min, OFFSET.max)(text));

const wish = (existing: string | undefined, own: string): PortWish =>
  existing === undefined ? { kind: 'virtual', name: own } : { kind: 'existing', name: existing };
