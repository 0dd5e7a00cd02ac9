/** What is to be closed, in the order in which it was opened. */
export type Closers = (() => unknown)[];

/** The last opened first. One that fails to close does not keep the others from it. */
export async function closeAll(closers: Closers, print: (line: string) => void): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      print(error instanceof Error ? error.message : String(error));
    }
  }
}
