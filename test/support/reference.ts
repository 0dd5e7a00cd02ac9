import { spawnSync } from 'node:child_process';
import type { Features } from '#daimon/training/evaluation/features.js';

/** What the reference evaluation calls the features. */
export const NAMES: Readonly<Record<keyof Features, string>> = {
  emptyBarRatio: 'empty_bar_ratio',
  usedPitchClasses: 'used_pitch_classes',
  qualifiedNotes: 'qualified_notes',
  polyphonicity: 'polyphonicity',
  tonalDistance: 'tonal_distance',
  scaleConsistency: 'scale_consistency',
  pitchRange: 'pitch_range',
  meanPitch: 'mean_pitch',
  pitchCount: 'pitch_count',
  notesPerBar: 'notes_per_bar',
  meanIoi: 'mean_ioi',
  meanInterval: 'mean_interval',
  meanLength: 'mean_length',
  grooveConsistency: 'groove_consistency',
  barSelfSimilarity: 'bar_self_similarity',
  lagSimilarity: 'lag_similarity',
  lengthShares: 'length_hist',
  onsetShares: 'onset_hist',
  pitchClassShares: 'pc_hist',
  pitchClassMoves: 'pc_transitions',
};

/** A Python that has numpy: the reference evaluation is written in it. */
export function pythonWithNumpy(): string {
  const known = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter((name) => name !== undefined);
  const found = known.find((name) => spawnSync(name, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0);
  if (found !== undefined) return found;
  throw new Error(
    `None of ${known.join(', ')} is a Python with numpy: apt-get install python3-numpy, or name one in PYTHON.`,
  );
}

/** What a Python script prints, as JSON. */
export function jsonFrom(script: string, args: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(pythonWithNumpy(), [script, ...args], {
    encoding: 'utf8',
    // no __pycache__ beside the sources
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout);
}
