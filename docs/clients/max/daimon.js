// For a node.script object, [node.script daimon.js]: `script npm install` once, then `script start`.
// In:  start, stop, next, undo, redo, panic, capture | preset NAME | set PATH VALUE [SECONDS], as in set knobs/density 0.8 4
// Out: note PITCH VELOCITY CHANNEL (0 is off) | position BAR BEAT | value PATH VALUE | block PRESET SEED | said SENTENCE
const Max = require('max-api');
const { WebSocket } = require('ws');

const url = process.argv[2] ?? 'ws://127.0.0.1:7333';
/** Nobody is patient for longer, and no log is full of tries. */
const AGAIN_MS = 2000;
const known = new Map();
let socket = null;

const ask = (request) => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
  else Max.post('daimon is not there; it is asked again once it is.');
};

/** Outlets what has changed since it was outlet last. */
const tell = (name, ...values) => {
  if (known.get(name) === String(values)) return;
  known.set(name, String(values));
  Max.outlet(...name.split(' '), ...values);
};

const hear = (told) => {
  if (told.kind === 'note') Max.outlet('note', told.pitch, told.on ? told.velocity : 0, told.channel);
  else if (told.kind === 'state') tell('position', told.position.bar, told.position.beat);
  else if (told.kind === 'block') tell('block', told.preset, told.seed);
  else if (told.kind === 'notice') Max.outlet('said', told.text);
  else if (told.kind === 'error') Max.outlet('said', told.message);
  else if (told.kind === 'captured') Max.outlet('said', told.path);
  else if (told.kind === 'values' || told.kind === 'hello')
    for (const [path, value] of Object.entries(told.values)) tell(`value ${path}`, value);
};

const connect = () => {
  socket = new WebSocket(url);
  socket.on('message', (data, isBinary) => isBinary || hear(JSON.parse(data)));
  socket.on('error', () => {});
  socket.on('close', () => {
    known.clear();
    setTimeout(connect, AGAIN_MS);
  });
};

for (const kind of ['start', 'stop', 'next', 'undo', 'redo', 'panic', 'capture'])
  Max.addHandler(kind, () => ask({ kind }));
Max.addHandler('preset', (name) => ask({ kind: 'preset', name }));
Max.addHandler('set', (path, value, over = 0) => ask({ kind: 'set', values: { [path]: value }, over }));
connect();
