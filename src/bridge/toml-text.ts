import { parse, TomlError } from 'smol-toml';

/** Reads TOML; what is wrong is thrown as `refused` makes it of a sentence's end. */
export function parseToml(text: string, refused: (why: string) => Error): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw refused(`it is no TOML (${error}).`);
    // the first line says what; the others draw the place
    const what = error.message.split('\n')[0].replace(/^Invalid TOML document: /, '');
    throw refused(`it is no TOML at line ${error.line}, column ${error.column} (${what}).`);
  }
}
