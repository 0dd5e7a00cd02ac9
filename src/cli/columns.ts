/** Rows as aligned lines, two spaces between columns; the last column runs on. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((text, i) => Math.max(text.length, widest[i] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((text, i) => (i === row.length - 1 ? text : text.padEnd(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}
