import { renderUnicodeCompact } from 'uqr';

/** A text as lines that a tablet's camera reads off a terminal, dark or light: readers take either for the ground. */
export const qrCode = (text: string): readonly string[] => renderUnicodeCompact(text, { border: 2 }).split('\n');
