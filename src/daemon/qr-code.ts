import { renderUnicodeCompact } from 'uqr';

/** White on black whatever the terminal's own colours are: not every camera reads the reverse. */
const [COLOURED, PLAIN] = ['\x1b[97;40m', '\x1b[0m'];

/** A text as lines that a tablet's camera reads off a terminal. */
export const qrCode = (text: string, isTerminal = process.stdout.isTTY): readonly string[] =>
  renderUnicodeCompact(text, { border: 2 })
    .split('\n')
    .map((line) => (isTerminal ? COLOURED + line + PLAIN : line));
