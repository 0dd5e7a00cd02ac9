import type { MessageOf } from '../src/bridge/control/protocol.js';
import { TICKS_PER_BAR, TICKS_PER_BLOCK } from './playhead.js';
import { hazeOf, type Roll, shiftOf } from './rolls.js';

type Block = MessageOf<'block'>;
type Note = Block['notes'][number];

/** Of each MIDI channel, hues that stay apart on a dark ground. */
const HUES = [38, 200, 285, 130, 350, 170, 60, 230, 320, 20, 100, 260, 185, 75, 305, 150];
const hueOf = (channel: number): number => HUES[(channel - 1) % HUES.length];

/** The block that plays, with a playhead; what sounds is lit. */
export interface RollView {
  show(block: Block): void;
  /** What it was drawn from, shown where nothing was struck: what the model was in doubt of. */
  showRoll(roll: Roll): void;
  /** Draws a frame; `at` is where the song is, in ticks. */
  draw(at: number, isRunning: boolean): void;
}

export function rollView(canvas: HTMLCanvasElement): RollView {
  const context = canvas.getContext('2d')!;
  /** Everything that does not move, drawn once for each block and size. */
  const still = document.createElement('canvas');
  let block: Block | null = null;
  let roll: Roll | null = null;
  let isStale = true;
  const [low, high] = [{ pitch: 48 }, { pitch: 84 }];
  new ResizeObserver(() => {
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    isStale = true;
  }).observe(canvas);

  const x = (tick: number): number => (tick / TICKS_PER_BLOCK) * canvas.width;
  const row = (): number => canvas.height / (high.pitch - low.pitch + 1);
  const y = (pitch: number): number => canvas.height - (pitch - low.pitch + 1) * row();
  const place = (note: Note): [number, number, number, number] => [
    x(note.onset),
    y(note.pitch) + 1,
    Math.max(2, x(note.duration) - 1.5),
    Math.max(2, row() - 1.5),
  ];

  function drawStill(): void {
    still.width = canvas.width;
    still.height = canvas.height;
    const paper = still.getContext('2d')!;
    paper.fillStyle = '#14171e';
    paper.fillRect(0, 0, still.width, still.height);
    for (let pitch = low.pitch; pitch <= high.pitch; pitch++) {
      if (![1, 3, 6, 8, 10].includes(pitch % 12)) continue;
      paper.fillStyle = '#0f1218';
      paper.fillRect(0, y(pitch), still.width, row());
    }
    for (let bar = 0; bar <= 16; bar++) {
      paper.fillStyle = bar % 4 === 0 ? '#3a4150' : bar % 2 === 0 ? '#272c37' : '#1a1e26';
      paper.fillRect(Math.round(x(bar * TICKS_PER_BAR)), 0, 1, still.height);
    }
    if (block !== null && roll?.bar === block.bar && roll.seed === block.seed) drawHaze(paper, block, roll);
    for (const note of block?.notes ?? []) {
      paper.fillStyle = `hsl(${hueOf(note.channel)} 58% ${34 + (note.velocity / 127) * 26}%)`;
      paper.beginPath();
      paper.roundRect(...place(note), 2);
      paper.fill();
    }
    isStale = false;
  }

  function drawHaze(paper: CanvasRenderingContext2D, { notes }: Block, drawn: Roll): void {
    const lowest = drawn.basePitch + shiftOf(drawn, notes);
    const top = y(lowest + drawn.pitches - 1);
    paper.imageSmoothingEnabled = false;
    paper.drawImage(hazeOf(drawn), 0, top, still.width, drawn.pitches * row());
  }

  function drawSounding(head: number): void {
    for (const note of block?.notes ?? []) {
      if (note.onset > head || note.onset + note.duration <= head) continue;
      context.fillStyle = `hsl(${hueOf(note.channel)} 90% 78%)`;
      context.beginPath();
      context.roundRect(...place(note), 2);
      context.fill();
    }
  }

  return {
    show: (shown) => {
      block = shown;
      const pitches = shown.notes.map(({ pitch }) => pitch);
      // whole octaves around what there is
      low.pitch = Math.floor(Math.min(60, ...pitches) / 12) * 12;
      high.pitch = Math.ceil((Math.max(71, ...pitches) + 1) / 12) * 12 - 1;
      isStale = true;
    },
    showRoll: (shown) => {
      roll = shown;
      isStale = true;
    },
    draw: (at, isRunning) => {
      if (canvas.width === 0) return;
      if (isStale) drawStill();
      context.drawImage(still, 0, 0);
      if (block === null) return;
      const head = at - (block.bar - 1) * TICKS_PER_BAR;
      if (head < 0 || head > TICKS_PER_BLOCK) return;
      if (isRunning) drawSounding(head);
      context.fillStyle = 'rgb(255 255 255 / 4%)';
      context.fillRect(0, 0, x(head), canvas.height);
      context.fillStyle = '#f0b35a';
      context.fillRect(x(head) - 1, 0, 2, canvas.height);
    },
  };
}
