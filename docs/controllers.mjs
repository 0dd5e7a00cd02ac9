// Prints docs/controllers.md from the maps: `node docs/controllers.mjs > docs/controllers.md`, after a first `npm start`.
import { sourceWords } from '../dist/bridge/midi/surface/control-source.js';
import { loadMaps } from '../dist/bridge/midi/surface/map-folder.js';
import { table } from '../scripts/markdown.mjs';

const { maps } = await loadMaps(['maps']);

/** A row: what is moved, and what it does; `place` where others beside it do the same with another number. */
function rowOf({ source, target }) {
  const moved = sourceWords(source);
  switch (target.kind) {
    case 'turn': {
      const { path, from, to, root, momentary } = target;
      const [, nth] = /^knob (\d+)$/.exec(path) ?? [];
      if (nth !== undefined) return { moved, place: Number(nth), does: (places) => `knob ${places}` };
      const range = from === null && to === null ? '' : `, ${from} to ${to}`;
      const key = root === null ? '' : `, ${root} for 0`;
      return { moved, place: null, does: () => `\`${path}\`${range}${key}${momentary ? ', while held' : ''}` };
    }
    case 'ask':
      return { moved, place: null, does: () => asked(target) };
    case 'recall':
      return recall(source, target.first);
  }
}

function asked({ request, lift }) {
  const { kind, ...more } = request;
  const words = Object.entries(more).map(([key, value]) => `${key} ${JSON.stringify(value).replaceAll(',', ', ')}`);
  const what = `\`${kind}\`${words.map((word) => `, ${word}`).join('')}`;
  return lift === null ? what : `${what}; when let go, \`${lift.kind}\``;
}

function recall(source, first) {
  const moved = sourceWords(source);
  if (source.kind === 'program') return { moved, place: null, does: () => 'presets, program 0 the first' };
  const last = source.kind === 'note' ? first + source.high - source.low : first;
  if (last > first) return { moved, place: null, does: () => `presets ${first} to ${last}` };
  return { moved, place: first, does: (places) => `preset ${places}` };
}

/** Rows that go on with the next number are one: CC 20 to 27, knob 1 to 8. */
function joined(rows) {
  const runs = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn = row.place !== null && last?.place === row.place - 1 && last.does('') === row.does('');
    if (goesOn) run.push(row);
    else runs.push([row]);
  }
  return runs.map((run) => {
    const { moved, place, does } = run[0];
    if (run.length === 1) return [moved, does(place)];
    const numbers = run.map((row) => Number(row.moved.match(/\d+/)[0]));
    const inARow = numbers.at(-1) - numbers[0] === numbers.length - 1;
    return [
      moved.replace(/\d+/, inARow ? `${numbers[0]} to ${numbers.at(-1)}` : numbers.join(', ')),
      does(`${place} to ${run.at(-1).place}`),
    ];
  });
}

const section = ({ name, title, port, takeover, bindings }) =>
  [
    `### ${title}`,
    `\`maps/${name}.toml\`, ${port === null ? 'for all that have no map of their own, and for `Daimon In`' : `for ports whose name has "${port}" in it`}; takeover by ${takeover}.`,
    table(['moved', 'turns, recalls or asks for'], 'll', joined(bindings.map(rowOf))),
  ].join('\n\n');

const PAGE = [
  `# Controllers

MIDI controllers turn and launch what plays: knobs and faders, 7 or 14 bits wide, NRPN, endless encoders, pads, wheels, aftertouch, program changes. Everything that can be [set](protocol.md#set) and every request can be under a hand.`,
  `\`\`\`sh
node dist/cli/main.js ports
node dist/cli/main.js start --control "MIDI Mix"
\`\`\``,
  `\`--control\` takes the name of a port, or a part of it that only one has, and may be given up to eight times. A controller may be switched off, on, and plugged in later. It is heard at its input; at its output it is shown where things stand: motor faders and rings follow, pads are lit while their preset plays. Nothing of this goes to \`Daimon Out\`.

Which map it plays by follows from its port's name. [Below](#the-maps) are those that come with daimon. What comes in at \`Daimon In\` turns things by the map \`default\`, so that an automation lane of your DAW is a hand as well; notes there stay phrases and chords. System Reset is [panic](protocol.md#panic), wherever it comes from.`,
  `## Learn

Over the [WebSocket](protocol.md), here with Node 22 or later (in Node 20, add \`--experimental-websocket\`):`,
  `\`\`\`sh
say() { node -e 'const ws = new WebSocket("ws://127.0.0.1:7333"); ws.onmessage = ({ data }) => JSON.parse(data).kind.match(/^(ok|error)$/) && (console.log(data), ws.close()); ws.onopen = () => ws.send(process.argv[1])' "$1"; }
say '{ "kind": "learn", "path": "swing" }'
say '{ "kind": "learn", "request": { "kind": "next" } }'
say '{ "kind": "learn", "request": { "kind": "start" }, "lift": { "kind": "stop" } }'
say '{ "kind": "unlearn", "path": "swing" }'
\`\`\``,
  `What is moved next is bound: the daemon waits until it rests, so that a pair of 14 bits, an NRPN or a pad with pressure is known for what it is. An endless encoder is known when it is turned some steps to the right and then to the left. If the control did something else before, you are told: *CC 21 on channel 1 turned swing; it now turns knobs/density.* It is written to your folder at once, as a map of the controller's own; the remarks of a map that you wrote by hand are lost then.`,
  `## A map of your own

A text file \`NAME.toml\` in the folder \`maps\` beside that of your [presets](presets.md) (\`daimon presets\` says where). One named like a map of daimon's stands in for it.`,
  `\`\`\`toml
title = "My desk"
port = "BeatStep"      # a part of the port's name
takeover = "scale"
lit = 127              # the velocity that lights a pad

bindings = [
  { cc = 20, turns = "knob 1" },                            # the first knob of whatever model plays
  { cc = 21, turns = "tempo", from = 90, to = 140 },
  { cc = 22, channel = 2, turns = "gate", from = 1, to = 0.2 },
  { cc = 71, relative = "twos-complement", turns = "knobs/density" },
  { cc14 = 1, turns = "morph/x" },                          # CC 1 and 33
  { nrpn = 300, turns = "temperature" },
  { bend = true, turns = "morph/y" },
  { note = 36, asks = { kind = "next" } },
  { note = 37, asks = { kind = "start" }, lifts = { kind = "stop" } },   # plays while held
  { note = 38, asks = { kind = "set", values = { scale = "dorian" } } },
  { note = 39, turns = "follow", momentary = true },
  { notes = [40, 47], recalls = "presets", first = 3 },
  { notes = [48, 72], turns = "transpose", root = 60 },
  { program = "any", recalls = "presets" },
]
\`\`\``,
  table(['key', 'what it says'], 'll', [
    [
      '`takeover`',
      'what a fader does that does not stand where its parameter does: `jump` to the fader, `pick-up` (the usual) where the fader comes by, or `scale`: move at once, so that both reach the end together',
    ],
    [
      '`cc`, `cc14`, `nrpn`, `note`, `notes`, `bend`, `pressure`, `program`',
      'what is moved, and `channel` 1 to 16; left out, any. `pressure` is a key, or `"channel"`',
    ],
    [
      '`relative`',
      'of an endless encoder with `cc`: `twos-complement` (right is 1, left 127), `signed-bit` (1, 65), `binary-offset` (65, 63)',
    ],
    [
      '`turns`, `from`, `to`',
      'the path of what can be turned, or `knob N`; and the ends of the way, in its own numbers',
    ],
    ['`root`', 'keys turn it: this one for 0, each other for its distance'],
    ['`momentary`', 'a pad has it at `to` while held; without it, a pad switches between both ends'],
    [
      '`asks`, `lifts`',
      'a [request](protocol.md#client-to-server) when it is pressed, or goes over the middle; and one when it is let go',
    ],
    [
      '`recalls`, `first`',
      'presets in their order in `daimon presets`: `first` by the lowest key, the next by the next',
    ],
    [
      '`feedback`, `channel`, `lit`, `unlit`',
      'of the map: `false` shows the controller nothing; the channel to show it on until it was heard; velocities that light a pad',
    ],
  ]),
  `An MPE keyboard says on which channels its notes are: how each note is bent, pressed and moved there turns nothing, unless it is bound on just that channel.`,
  `## The maps

Printed from the files: \`node docs/controllers.mjs > docs/controllers.md\`.`,
  ...maps.map(section),
];
process.stdout.write(`${PAGE.join('\n\n')}\n`);
