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

/** A heading and rows as columns, numbers to the right of theirs. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const numeric = rows[0].map((_, i) => rows.slice(1).every((row) => /^(-|[\d.]+( %)?)$/.test(row[i])));
  return columns(rows.map((row) => row.map((text, i) => (numeric[i] ? text.padStart(widths[i]) : text))));
}
