// Imported before anything newer than this syntax, so that an old Node answers with a sentence and not a stack.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `daimon needs Node 20.19 or newer; this is Node ${process.versions.node}: get one from https://nodejs.org.`,
  );
  process.exit(1);
}
