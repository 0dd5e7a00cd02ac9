// Prints docs/osc.md from the tables: `node docs/osc.mjs > docs/osc.md`, after a first `npm start`.
import { z } from 'zod';
import { controlsOf } from '../dist/bridge/control/controls.js';
import { STATE_NAMES, TOLD } from '../dist/bridge/osc/told.js';
import { REQUEST_ARGUMENTS } from '../dist/bridge/osc/wish.js';
import { DEFAULT_DECODING } from '../dist/music/decoding.js';
import { shareOf } from '../dist/music/fader.js';
import { legalValues } from '../dist/music/parameter.js';
import { table } from '../scripts/markdown.mjs';

const code = (text) => `\`${text}\``;
const controls = controlsOf({ knobs: [], components: [], decoding: DEFAULT_DECODING });

/** What a connection is needed for. */
const ELSEWHERE = ['hello', 'history', 'bindings'];

const CONTROLS = controls.map(({ path, parameter, default: value }) => [
  code(`/daimon/${path}`),
  legalValues(parameter).replaceAll("'", '`'),
  shareOf(parameter, value) === null ? '' : 'yes',
]);

const REQUESTS = [...REQUEST_ARGUMENTS]
  .filter(([kind]) => !ELSEWHERE.includes(kind))
  .map(([kind, keys]) => {
    const isControl = controls.some(({ path }) => path === kind);
    return [code(`/daimon/${isControl ? 'request/' : ''}${kind}`), keys.map(argument).join(' ')];
  });

/** In square brackets what may be left out. */
function argument([name, schema]) {
  let [core, mayLack] = [schema, false];
  while (core.unwrap !== undefined && !(core instanceof z.ZodArray)) {
    mayLack ||= core instanceof z.ZodOptional || core instanceof z.ZodExactOptional || core instanceof z.ZodNullable;
    core = core.unwrap();
  }
  const shown = core instanceof z.ZodArray ? `${name} ...` : core instanceof z.ZodRecord ? 'path value ...' : name;
  return mayLack ? `[${shown}]` : shown;
}

const WHEN = {
  note: 'a note has begun, or ended: then the velocity is 0',
  block: 'a block begins; `/daimon/recall` takes its number',
  presets: 'the presets there are',
  notice: 'something the player should know',
  error:
    'to who asked, where that was refused: a [code](errors.md), and what to do. A control goes back to where it stands',
  ok: 'in answer to `/daimon/ping`',
};

const STATE = { queued: ['preset bar', 'what waits for its launch, and where that is; nothing where nothing waits'] };

const OUT = [
  [code('/daimon/PATH'), 'value', 'where a control stands'],
  [code('/daimon/fader/PATH'), '0 to 1', 'the same, as a fader on it stands'],
  ...STATE_NAMES.map((name) => {
    const [args, help] = name.startsWith('held/')
      ? ['column ...', 'the columns that stay']
      : (STATE[name] ?? [name, '']);
    return [code(`/daimon/state/${name}`), args, help];
  }),
  ...Object.entries(TOLD).map(([name, args]) => [code(`/daimon/${name}`), args, WHEN[name]]),
];

const sh = (...lines) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\``;
const send = (rest) => `oscsend 127.0.0.1 7334 ${rest}`;

const PAGE = [
  `# OSC

Whatever sends OSC over UDP (TouchOSC, SuperCollider, Pd, Max, Sonic Pi) can do what a client of the [WebSocket](protocol.md) can, by the same names, and see what daimon does. daimon listens at 127.0.0.1, port 7334, unless you start it with another \`--osc-port\` or that one is taken; it says where when it starts. \`--osc-port off\` does without.

Try it with liblo's tools (Debian: \`apt install liblo-tools\`). In one terminal start daimon, in another hear what it says, and in a third speak to it:`,
  sh('npm start -- --clock internal --osc-to 127.0.0.1:9000'),
  sh('oscdump 9000'),
  sh(
    send('/daimon/swing f 58'),
    send('/daimon/fader/swing f 0.5'),
    send('/daimon/scale s dorian'),
    send('/daimon/scale iiiii 0 2 4 7 9'),
    send('/daimon/knobs/register f 0.4'),
    send('/daimon/next'),
    send('/daimon/preset s music-box'),
    send('/daimon/morph sf hearth 0.4'),
    send('/daimon/hold iiii 1 2 3 4'),
    send('/daimon/set sisi lowest 48 highest 72'),
  ),
  `This page is printed from the program: \`node docs/osc.mjs > docs/osc.md\`.

## To daimon

- **A control** is set by its path: \`/daimon/PATH value\`. Any number will do for a number: a float 3.0 is the whole number 3. A list is its numbers one after the other. Without a value, daimon answers where the control stands.
- **A fader** goes from 0 to 1 over the control's whole range: \`/daimon/fader/PATH share\`.
- **A request** has its arguments in the order of the table below; those in brackets may be left out. A list takes all that fit it. nil is null, and so is nothing: \`/daimon/morph\` alone leaves the morph, \`/daimon/hold\` lets all go.
- **A button** sends 1 when it is pressed and 0 when it is let go; only the first counts. What it is to send may stand in the address: \`/daimon/preset/music-box\`, \`/daimon/scale/dorian\`, \`/daimon/hold/1/2\`.
- **A bundle's** messages are done in their order, as they come: its time tag is left aside. Values that come together, in a bundle or within a hundredth of a second, are set at once, of each control the newest.
- **Patterns** (\`*\`, \`?\`) are refused.
- What was wrong is answered by \`/daimon/error\`; what went well is not.`,
  table(['control', 'value', 'fader'], 'lll', [
    ...CONTROLS,
    [code('/daimon/knobs/NAME'), 'a number from -1 to 1', 'yes'],
  ]),
  `What they do, and their defaults, is on the page of [presets](presets.md); each model has [knobs](knobs.md) of its own. A request that has a control's name is under \`/daimon/request/\`, where all others are too.`,
  table(['request', 'arguments'], 'll', REQUESTS),
  `The [protocol](protocol.md) tells what each does. A seed of more than 31 bits is sent as 64 bits (\`h\`) or a double (\`d\`).

## From daimon

\`--osc-to HOST:PORT\`, which may be given again, has all that changes sent there. A program asks for the same by \`/daimon/subscribe PORT\`, a port of its own machine, or the one that it sends from where that is left out; it is told all at once, and what changes for a minute from there on. It asks again before that is over, and has all told again: UDP may lose a packet. There is room for 16. \`/daimon/unsubscribe PORT\` ends it.

Who moves a control does not hear it back, where it sends from the port it is told at, or from the one it subscribed from: a motor fader is not moved under your hand.`,
  table(['address', 'arguments', ''], 'lll', OUT),
  `Numbers are floats, whole numbers integers, or doubles where 32 bits do not hold them, as most seeds.

## TouchOSC

On a tablet at 192.168.1.20, start daimon with \`--osc-from 192.168.1.20 --osc-to 192.168.1.20:9000\`; then TouchOSC finds it by Bonjour, or by a connection by UDP to your machine, send port 7334, receive port 9000. On the same machine \`--osc-to 127.0.0.1:9000\` is enough. A fader \`/daimon/fader/swing\`, a button \`/daimon/next\`, a label \`/daimon/state/preset\`: each both sends and receives.

## Who may

Programs of this machine, and the machines that \`--osc-from\` names: what comes from elsewhere is dropped unread. UDP knows no password, and who is in your network can write another's address on a packet: name machines in a network that you trust, or use the [WebSocket](protocol.md#from-another-device), which has a token. As anyone may write any sender on a packet of UDP, an answer goes to this machine and its own network only, at the sender's address; all answers together have a bound, eight errors a second among them. A packet may have 16 KiB and 256 messages; of a flood the oldest is lost, so that the music goes on.`,
];
process.stdout.write(`${PAGE.join('\n\n')}\n`);
