import type { Evaluation } from '../evaluation.js';
import { defined, means } from '../feature-table.js';
import { type Features, SCALARS } from '../features.js';
import { histogramSvg } from './histogram-svg.js';
import { figure } from './markup.js';
import { profileSvg } from './profile-svg.js';

/** Features as a musician would call them. */
const TITLES: Readonly<Record<keyof Features, string>> = {
  emptyBarRatio: 'Empty bars',
  usedPitchClasses: 'Pitch classes a bar',
  qualifiedNotes: 'Notes of an eighth or more',
  polyphonicity: 'Steps with two or more pitches',
  tonalDistance: 'Top voice to the rest, tonal distance',
  scaleConsistency: 'Notes in the best scale',
  pitchRange: 'Range, semitones',
  meanPitch: 'Mean pitch',
  pitchCount: 'Different pitches',
  notesPerBar: 'Notes a bar',
  meanIoi: 'Steps from onset to onset',
  meanInterval: 'Leap of the top voice, semitones',
  meanLength: 'Length of notes, steps',
  grooveConsistency: 'Groove, bar to bar',
  barSelfSimilarity: 'Bars alike, all pairs',
  lagSimilarity: 'Bars alike, so many bars apart',
  lengthShares: 'Lengths of notes, steps',
  onsetShares: 'Places of onsets in the bar',
  pitchClassShares: 'Pitch classes above the tonic',
  pitchClassMoves: 'Moves of the top voice',
};

/** What each number of a feature stands for; the 144 moves of the top voice are too many to be read. */
const PROFILES = {
  lagSimilarity: ['1', '2', '4', '8', 'best'],
  lengthShares: ['1', '2', '3', '4', '5–6', '7–8', '–12', '–16', '–32', '>32'],
  onsetShares: Array.from({ length: 16 }, (_, i) => (i % 4 === 0 ? String(i / 4 + 1) : '·')),
  pitchClassShares: ['1', '♭2', '2', '♭3', '3', '4', '♯4', '5', '♭6', '6', '♭7', '7'],
} as const satisfies Partial<Record<keyof Features, readonly string[]>>;

/** Every feature of drawn blocks over that of real ones. */
export function featureSection({ drawn, reference }: Evaluation): string {
  const card = (name: keyof Features, svg: string): string =>
    `<div class="card"><h3>${TITLES[name]} <small>OA ${figure(drawn.comparison.features[name].oa)}</small></h3>${svg}</div>`;
  const histograms = SCALARS.map((name) => {
    const sides = [drawn.table[name], reference.table[name]].map((column) => [...defined(column).values]);
    return card(name, histogramSvg(sides[0], sides[1]));
  });
  const profiles = (Object.keys(PROFILES) as (keyof typeof PROFILES)[]).map((name) =>
    card(name, profileSvg([...means(drawn.table[name])], [...means(reference.table[name])], PROFILES[name])),
  );
  return `<h2>Features</h2>
<p>How drawn blocks are spread over what real blocks do. OA is the overlap of the distances between the sets with those
inside them: 1 where nothing tells the sets apart.</p>
<div class="grid-of">${histograms.join('\n')}</div>
<p></p>
<div class="grid-of wide">${profiles.join('\n')}</div>`;
}
