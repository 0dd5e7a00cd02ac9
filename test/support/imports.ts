/** Reads what TypeScript sources import, without a compiler. */

const STRING_OR_COMMENT = /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The source with its comments blanked. */
export const withoutComments = (source: string): string =>
  source.replace(STRING_OR_COMMENT, (_, string) => string ?? ' ');

/** The source with its comments and what its strings say blanked: what is left is code. */
export const codeOnly = (source: string): string =>
  source.replace(STRING_OR_COMMENT, (_, string) => (string === undefined ? ' ' : "''"));

const SPECIFIER = [
  /\b(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'/g,
  /\bimport\s*'([^']+)'/g,
  /\bimport\s*\(\s*'([^']+)'/g,
  // a worker's entry is an import by another name
  /\bnew\s+URL\(\s*'(\.[^']+\.js)'\s*,\s*import\.meta\.url/g,
];

/** Every module that a source names: static, dynamic, re-exported, for its types only, or as a worker's entry. */
export function importsOf(source: string): readonly string[] {
  const text = withoutComments(source);
  return SPECIFIER.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!));
}

const TYPES_ONLY = /\b(?:import|export)\s+type\b[^'";]*?\bfrom\s*'[^']+'/g;

/** Of those, the modules that are there when the program runs: what is imported for its types only is gone by then. */
export const importsAtRunTime = (source: string): readonly string[] =>
  importsOf(withoutComments(source).replace(TYPES_ONLY, ''));
