/**
 * Masks as drum machines print them, one sign a step: `x..x..x.`. A mask begins with the block and repeats through it,
 * so one of 16 is a bar's and one of 3 runs across the bars. Spaces are for the eye.
 */

/** Four bars of sixteenths: what a step sequencer's pattern holds. */
const LONGEST = 64;

/** Texts of at most 64 such signs and spaces. */
export const maskOf = (signs: string): RegExp => new RegExp(`^[${signs}. ]{0,${LONGEST}}$`);

/** The signs of a mask in order; none: it is off. */
export const signsOf = (mask: string): readonly string[] => [...mask.replaceAll(' ', '')];
