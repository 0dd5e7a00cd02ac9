import assert from 'node:assert/strict';
import type { Block } from '#daimon/music/block.js';
import type { Feel } from '#daimon/music/feel.js';
import { byOnset, type Note } from '#daimon/music/note.js';
import { PLAIN, type Preset } from '#daimon/music/preset.js';
import { deriveSeed, type Random, randomFrom, type Seed, seed } from '#daimon/music/random.js';
import { onlyThis, type Sketch, type Theme } from '#daimon/music/sketch.js';
import {
  BARS_PER_BLOCK,
  STEPS_PER_BLOCK,
  step,
  stepToTick,
  TICKS_PER_BLOCK,
  type Tick,
  tick,
} from '#daimon/music/units.js';
import { conduct, newConductor } from '#daimon/transport/conductor.js';
import type { Ask, Conductor, ConductorEvent, Effect } from '#daimon/transport/conductor-state.js';
import type { Edge, Epoch } from '#daimon/transport/edge.js';
import { isNoteOn } from '#daimon/transport/edge-order.js';
import { planSpan } from '#daimon/transport/plan.js';

export const preset: Preset = { ...PLAIN, name: 'plain', title: 'Plain', description: 'For tests.' };

/** Its blocks are parts of a stream: notes sound on over their ends. */
export const streaming: Preset = { ...preset, name: 'streaming' };

/** Anything from straight to as loose as a preset can be. */
export const feelOf = (random: Random): Feel => ({
  swing: 50 + random.below(26),
  swingUnit: random.below(2) === 0 ? 8 : 16,
  humanise: random.below(21),
});

/** A preset of any feel, on any channel, as high or low as it may be, of a stream or not. */
export const anyPreset = (random: Random): Preset => ({
  ...preset,
  name: random.below(3) === 0 ? streaming.name : `any-${random.below(4)}`,
  whenLate: random.below(2) === 0 ? 'repeat' : 'rest',
  decoding: { channel: 1 + random.below(16), transpose: random.below(25) - 12 },
  feel: feelOf(random),
});

export const resting: Preset = { ...preset, name: 'resting', whenLate: 'rest' };

/** A block whose notes follow from its seed and preset: some cross bar lines, some touch, some strike a pitch that sounds. */
export function blockOf(from: Seed, name = preset.name): Block {
  const random = randomFrom(seed(from + name.length * 7919));
  const notes: Note[] = Array.from({ length: 20 * BARS_PER_BLOCK }, () => {
    const onset = stepToTick(step(random.below(STEPS_PER_BLOCK)));
    const most = name === streaming.name ? TICKS_PER_BLOCK : TICKS_PER_BLOCK - onset;
    const duration = Math.min(most, stepToTick(step(1 + random.below(40))));
    return { onset, duration: tick(duration), pitch: 40 + random.below(30), velocity: 80, channel: random.below(2) };
  });
  const latent = { shape: { channels: 1, rows: 1, columns: 1 }, values: Float32Array.of(from) };
  return { model: 'test', preset: name, seed: from, latent, knobs: {}, notes: notes.sort(byOnset) };
}

/** Different sketches have different notes; those of a seed are `blockOf` it, those of a latent of its number. */
export function sketchSeed(sketch: Sketch): Seed {
  switch (sketch.kind) {
    case 'seed':
      return sketch.seed;
    case 'given':
      return seed(sketch.latent.values[0]);
    case 'morph':
      return deriveSeed(deriveSeed(sketchSeed(sketch.from), sketchSeed(sketch.to)), textSeed(sketch.amounts));
    case 'hold':
      return deriveSeed(deriveSeed(sketchSeed(sketch.of), sketchSeed(sketch.held)), textSeed(sketch.cells));
    case 'stream':
      return deriveSeed(sketch.seed, sketch.index);
    case 'surrounded':
      return sketchSeed(sketch.block);
    case 'form':
      return deriveSeed(sketchSeed(sketch.of), textSeed(sketch.form));
  }
}

const textSeed = (value: unknown): number =>
  Array.from(JSON.stringify(value)).reduce((sum, letter) => deriveSeed(seed(sum), letter.charCodeAt(0)), seed(0));

/** A block as a preset has it: on its channels, transposed. */
function drawn({ sketch, preset: { name, decoding }, chords }: Generate): Block {
  const root = (decoding.follow ?? 0) > 0 ? (chords.at(-1)?.pitchClasses[0] ?? 0) : 0;
  const block = blockOf(seed(sketchSeed(sketch) + root), name);
  const { channel = 1, transpose = 0 } = decoding;
  const notes = block.notes.map((note) => ({
    ...note,
    pitch: note.pitch + transpose,
    channel: Math.min(15, channel - 1 + note.channel),
  }));
  return { ...block, notes: notes.sort(byOnset) };
}

/** All of a block. */
export const planBlock = (block: Block, start: Tick): readonly Edge[] =>
  planSpan(block, start, start, tick(start + TICKS_PER_BLOCK), []).edges;

type Generate = Extract<Effect, { kind: 'generate' }>;
type TakeOver = Extract<Effect, { kind: 'take-over' }>;
type Started = Extract<Effect, { kind: 'block-started' }>;

/** What was heard: an on or an off, where the song was then. */
export interface Heard {
  readonly at: number;
  readonly edge: Edge;
}

/** A conductor with an output that plays, an engine that draws and a song that goes on, all in virtual time. */
export class Stage {
  state: Conductor;
  readonly heard: Heard[] = [];
  readonly said: string[] = [];
  readonly asks: Generate[] = [];
  readonly started: Started[] = [];
  /** Ticks that a draw takes; null: it does not end. */
  drawing: number | null = 1;
  failing = false;
  readonly sounding = new Map<string, Edge>();
  #queue: { edge: Edge; epoch: Epoch }[] = [];
  #takeOvers: TakeOver[] = [];
  #draws: { due: number; ask: Generate }[] = [];
  #elapsed = 0;

  constructor(of: Preset = preset, from = 7, chase = true) {
    this.state = newConductor(of, seed(from), chase);
    this.#draw();
  }

  /** Lets the engine come to rest, then starts at a position. */
  static playing(from = 0, of: Preset = preset, takeSeed = 7, chase = true): Stage {
    const stage = new Stage(of, takeSeed, chase);
    stage.do({ kind: 'jump', tick: tick(from) });
    stage.wait(10);
    stage.do({ kind: 'play', tick: tick(from) });
    return stage;
  }

  /** Plays from bar 1 with the first block there; every further draw takes so many ticks. */
  static slow(drawing: number | null, of: Preset = preset): Stage {
    const stage = new Stage(of);
    stage.wait(10);
    stage.drawing = drawing;
    stage.do({ kind: 'play', tick: tick(0) });
    return stage;
  }

  do(event: ConductorEvent): void {
    const { state, effects } = conduct(this.state, event);
    this.state = state;
    for (const effect of effects) this.#run(effect);
  }

  /** Time passes; while it runs, the song goes on. */
  wait(ticks: number): void {
    for (let i = 0; i < ticks; i += STRIDE) {
      this.#elapsed += STRIDE;
      const to = this.state.running ? tick(this.state.position + STRIDE) : this.state.position;
      this.#play(to);
      this.do({ kind: 'time', tick: to });
      this.#play(to);
      this.#draw();
    }
  }

  /** Plays on up to a position. */
  playTo(position: number): void {
    while (this.state.position < position) this.wait(STRIDE);
  }

  /** Ons heard with their place, as text. */
  ons(from: number, to: number): readonly string[] {
    return this.heard
      .filter(({ edge }) => isNoteOn(edge) && edge.tick >= from && edge.tick < to)
      .map(({ edge }) => `${edge.tick} ${edge.status & 15} ${edge.data1} ${edge.data2}`)
      .sort();
  }

  answer(ask: Ask, block: Block): void {
    this.do({ kind: 'drawn', ask, block });
  }

  #run(effect: Effect): void {
    switch (effect.kind) {
      case 'generate':
        this.asks.push(effect);
        if (this.drawing !== null) this.#draws.push({ due: this.#elapsed + this.drawing, ask: effect });
        return;
      case 'schedule':
        assert.equal(effect.epoch, this.state.epoch, 'what is scheduled is of the present epoch');
        for (const edge of effect.edges) {
          assert.ok(
            edge.tick >= (this.#takeOvers.at(-1)?.from ?? edge.tick),
            'nothing is scheduled before a take-over',
          );
          const last = this.#queue.at(-1);
          assert.ok(last === undefined || last.edge.tick <= edge.tick, 'edges are scheduled in playing order');
          this.#queue.push({ edge, epoch: effect.epoch });
        }
        return;
      case 'release':
        this.#queue = this.#queue.filter(({ epoch }) => epoch >= effect.epoch);
        this.#takeOvers = [];
        this.#endAll(this.state.position);
        return;
      case 'take-over':
        this.#queue = this.#queue.filter(({ edge, epoch }) => epoch >= effect.epoch || edge.tick < effect.from);
        this.#takeOvers = [...this.#takeOvers.filter(({ from }) => from < effect.from), effect];
        return;
      case 'block-started':
        this.started.push(effect);
        return;
      case 'say':
        this.said.push(effect.text);
        return;
    }
  }

  #draw(): void {
    for (const { ask } of this.#draws.splice(0, this.#draws.findLastIndex(({ due }) => due <= this.#elapsed) + 1)) {
      if (this.failing) this.do({ kind: 'failed', ask: ask.ask, reason: 'the engine is tired.' });
      else this.answer(ask.ask, drawn(ask));
    }
  }

  #play(to: number): void {
    for (;;) {
      const [takeOver] = this.#takeOvers;
      const [next] = this.#queue;
      const isNext = takeOver !== undefined && (next === undefined || next.epoch >= takeOver.epoch);
      if (isNext && takeOver.from <= to) {
        this.#takeOvers.shift();
        this.#endAll(takeOver.from);
      } else if (!isNext && next !== undefined && next.edge.tick <= to) {
        this.#queue.shift();
        this.#hear(next.edge);
      } else return;
    }
  }

  #endAll(at: Tick): void {
    for (const { data1, data2, status } of [...this.sounding.values()])
      this.#hear({ tick: at, status: 0x80 | (status & 15), data1, data2 });
  }

  #hear(edge: Edge): void {
    const voice = `${edge.status & 15} ${edge.data1}`;
    if (isNoteOn(edge)) {
      assert.ok(!this.sounding.has(voice), `${voice} is struck at ${edge.tick} while it sounds`);
      this.sounding.set(voice, edge);
    } else {
      assert.ok(this.sounding.delete(voice), `${voice} is ended at ${edge.tick} while it is silent`);
    }
    this.heard.push({ at: this.state.position, edge });
  }
}

/** Virtual time goes in strides of a pulse: fine enough to meet every lead and bar line. */
const STRIDE = 20;

export const bars = (count: number): Tick => tick(count * 1920);

/** The ons of a block as `Stage.ons` tells them. */
export const onsOf = (blockSeed: number, start: number, from = start, to = start + TICKS_PER_BLOCK, name = 'plain') =>
  planBlock(blockOf(seed(blockSeed), name), tick(start))
    .filter((edge) => isNoteOn(edge) && edge.tick >= from && edge.tick < to)
    .map((edge) => `${edge.tick} ${edge.status & 15} ${edge.data1} ${edge.data2}`)
    .sort();

/** Ons of a block that is taken up at `from`: with those of the notes that should be sounding there. */
export const takenUp = (blockSeed: number, start: number, from: number, to: number, name = 'plain') => {
  const chased = soundingAt(blockOf(seed(blockSeed), name), start, from);
  return [...chased, ...onsOf(blockSeed, start, from, to, name)].sort();
};

/** What a played block has sounding across a moment, as ons at that moment. */
function soundingAt(block: Block, start: number, at: number): readonly string[] {
  const sounding = new Map<string, string>();
  for (const edge of planBlock(block, tick(start))) {
    const voice = `${edge.status & 15} ${edge.data1}`;
    if (edge.tick < at && isNoteOn(edge)) sounding.set(voice, `${at} ${voice} ${edge.data2}`);
    else if (edge.tick <= at) sounding.delete(voice);
  }
  return [...sounding.values()];
}

/** Plays nothing but a latent, of one value. */
export const themeOf = (value: number): Theme =>
  onlyThis({ shape: { channels: 1, rows: 1, columns: 1 }, values: Float32Array.of(value) });
