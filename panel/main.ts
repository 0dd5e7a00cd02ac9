import type { MessageOf, ParameterMessage, StateBody } from '../src/bridge/control/protocol.js';
import { columns } from './columns.js';
import { dialFor, rowFor, type Shown } from './controls.js';
import { byId, element } from './dom.js';
import { header } from './header.js';
import { listenToKeys } from './keys.js';
import { learnable, learning } from './learning.js';
import { openLink } from './link.js';
import { machine } from './machine.js';
import { nextRoll } from './next-roll.js';
import { morphPad } from './pad.js';
import { newPlayhead } from './playhead.js';
import { presetCards } from './presets.js';
import { rollView } from './roll.js';
import { readRoll } from './rolls.js';
import { newSynth } from './synth.js';

type Values = MessageOf<'values'>['values'];

/** How long a notice stays, in ms; and how many there are room for. */
const NOTICE_MS = 8000;
const MOST_NOTICES = 4;

/** In the link by which another device comes, where no server and no other page is told of it. */
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const link = openLink(`ws://${location.host}/${token === null ? '' : `?token=${encodeURIComponent(token)}`}`);
/** Another device is let in by a link that has the token. */
const isElsewhere = !/^(?:127\.|localhost|\[::1\])/.test(location.host);
const playhead = newPlayhead();
const synth = newSynth(playhead);
const roll = rollView(byId('roll', HTMLCanvasElement));
const head = header(link);
const facts = machine(byId('machine', HTMLElement), (name) => link.ask({ kind: 'model', name }));
const next = nextRoll(byId('next-roll', HTMLCanvasElement));
const learns = learning(byId('learn', HTMLButtonElement), link);

/** What was turned since the last frame: a hand moves more often than the daemon need hear. */
let turned: Record<string, Values[string]> = {};
const turn = (path: string, value: Values[string]): void => {
  turned[path] = value;
};

const cards = presetCards(byId('presets', HTMLElement), (name) => link.ask({ kind: 'preset', name }));
const held = columns(byId('columns', HTMLElement), byId('rows', HTMLElement), (list, row) =>
  link.ask({ kind: 'hold', columns: [...list], row }),
);
const pad = morphPad({
  onCorners: ({ right, up, far, x, y }) => link.ask({ kind: 'pad', right, up, far, x, y }),
  onMove: (x, y) => {
    turn('morph/x', x);
    turn('morph/y', y);
  },
  onLeave: () => link.ask({ kind: 'morph', to: null }),
});
byId('pad', HTMLElement).replaceWith(pad.root);

let shown: readonly Shown[] = [];

function showParameters(parameters: readonly ParameterMessage[]): void {
  const inGroup = (group: ParameterMessage['group']): readonly ParameterMessage[] =>
    parameters.filter((parameter) => parameter.group === group);
  const put = (id: string, made: readonly Shown[]): readonly Shown[] => {
    byId(id, HTMLElement).replaceChildren(...made.map(({ root }) => root));
    return made;
  };
  const quantum = parameters.find(({ path }) => path === 'quantum');
  byId('quantum', HTMLSelectElement).replaceChildren(
    ...(quantum?.options ?? []).map((option) => element('option', {}, String(option))),
  );
  const vary = parameters.filter(({ path }) => path === 'vary').map((parameter) => rowFor(parameter, turn));
  for (const { root } of vary) root.classList.replace('parameter', 'fader');
  shown = [
    ...put(
      'knobs',
      inGroup('knobs').map((parameter) => dialFor(parameter, turn)),
    ),
    ...put(
      'drawing',
      [...inGroup('playing').filter(({ path }) => path === 'tempo' || path === 'offset'), ...inGroup('drawing')].map(
        (parameter) => rowFor(parameter, turn),
      ),
    ),
    ...put(
      'feel',
      inGroup('feel').map((parameter) => rowFor(parameter, turn)),
    ),
    ...put(
      'notes',
      inGroup('notes').map((parameter) => rowFor(parameter, turn)),
    ),
    ...put(
      'components',
      inGroup('components').map((parameter) => dialFor(parameter, turn)),
    ),
    ...put('vary', vary),
  ];
  if (inGroup('knobs').length === 0) byId('knobs', HTMLElement).textContent = 'This model has none: see Components.';
}

function showValues(values: Values): void {
  head.showValues(values);
  for (const control of shown) control.show(values[control.path]);
  const [x, y] = [values['morph/x'], values['morph/y']];
  pad.show(typeof x === 'number' ? x : undefined, typeof y === 'number' ? y : undefined);
}

function showState(state: StateBody): void {
  playhead.hear(state);
  head.show(state);
  facts.show(state);
  cards.show(state);
  held.show(state.held);
  showQueued(state);
  if (state.clock === 'stopped') synth.quiet();
}

const cancel = element('button', {}, 'Cancel');
cancel.addEventListener('click', () => link.ask({ kind: 'cancel' }));
const launch = element('span');
byId('queued', HTMLElement).append(launch, cancel);

function showQueued({ queued }: StateBody): void {
  byId('queued', HTMLElement).hidden = queued === null;
  if (queued === null) return;
  const { bar, beat, tick } = queued.at;
  const at = `bar ${bar}${beat === 1 && tick === 0 ? '' : `, beat ${beat}`}`;
  const text = queued.isReady ? `${queued.preset} at ${at}` : `${queued.preset} is being drawn, for ${at}`;
  if (launch.textContent !== text) launch.textContent = text;
}

function showBlock(block: MessageOf<'block'>): void {
  roll.show(block);
  const title = byId('playing', HTMLElement);
  title.classList.remove('quiet');
  title.textContent = `${block.preset} · ${block.model} · seed ${block.seed} · bars ${block.bar} to ${block.bar + 15}`;
}

function notice(text: string, className = ''): void {
  const notices = byId('notices', HTMLElement);
  const made = element('p', { class: className }, text);
  notices.append(made);
  while (notices.childElementCount > MOST_NOTICES) notices.firstElementChild?.remove();
  setTimeout(() => made.remove(), NOTICE_MS);
}

function showPresets(presets: MessageOf<'presets'>['presets']): void {
  cards.showAll(presets);
  pad.showPresets(presets.map(({ name }) => name));
}

link.on('hello', (hello) => {
  link.ask({ kind: 'subscribe', topics: ['state', 'values', 'blocks', 'notes', 'notices', 'rolls'] });
  link.ask({ kind: 'bindings' });
  showParameters(hello.parameters);
  showPresets(hello.presets);
  showValues(hello.values);
  facts.showHello(hello);
  showState(hello.state);
});
link.on('model', ({ parameters }) => {
  showParameters(parameters);
  next.show(null);
});
link.on('presets', ({ presets }) => showPresets(presets));
link.on('state', showState);
link.on('values', ({ values }) => showValues(values));
link.on('block', showBlock);
link.on('bindings', (bindings) => learns.show(bindings));
link.on('captured', ({ path, notes, bars }) => notice(`${notes} notes in ${bars} bars are kept in ${path}.`));
link.onFrame((frame) => {
  const drawn = readRoll(frame);
  if (drawn?.place === 'plays') roll.showRoll(drawn);
  if (drawn?.place === 'next') next.show(drawn);
});
link.on('note', (note) => synth.note(note));
link.on('notice', ({ text }) => notice(text));
link.onRefused((sentence) => notice(sentence, 'refused'));
let wasThere = false;
const NOT_REACHED = isElsewhere
  ? 'daimon can’t be reached: open the whole link that it shows, with its token.'
  : 'Looking for daimon …';
link.onChange((connected) => {
  wasThere ||= connected;
  document.body.classList.toggle('away', !connected);
  byId('link', HTMLElement).textContent = connected ? '' : wasThere ? 'daimon has gone; looking for it …' : NOT_REACHED;
  if (connected) return;
  synth.quiet();
  playhead.lose();
  head.lose();
});

const sound = byId('sound', HTMLButtonElement);
sound.addEventListener('click', () => {
  const on = sound.getAttribute('aria-pressed') !== 'true';
  sound.setAttribute('aria-pressed', String(on));
  synth.turn(on);
  if (!on) synth.quiet();
});
for (const kind of ['next', 'panic', 'undo', 'redo', 'capture'] as const)
  learnable(byId(kind, HTMLElement), { request: { kind } });
byId('capture', HTMLElement).addEventListener('click', () => link.ask({ kind: 'capture' }));
listenToKeys();

function frame(time: number): void {
  if (Object.keys(turned).length > 0) {
    link.ask({ kind: 'set', values: turned });
    turned = {};
  }
  const at = Math.max(0, playhead.at(time));
  head.draw(at);
  roll.draw(at, playhead.isRunning);
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
