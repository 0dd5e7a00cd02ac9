/** A line of code may be as long as one of this repository's, without a scroll bar on its page. */
const COMMAND_WIDTH = 100;

/** Text as it is: what would be markup in it is not. */
export const plain = (text) => text.replace(/[\\`*[\]|]/g, '\\$&').replace(/<(?=[a-z/!?])/gi, '&lt;');

export const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

export const list = (items) => items.map((item) => `- ${item}`).join('\n');

/** Columns are aligned as the letters say, `l` or `r`. */
export const table = (heading, alignment, rows) =>
  [heading, [...alignment].map((side) => (side === 'r' ? '--:' : '---')), ...rows]
    .map((cells) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`)
    .join('\n');

/** Commands as one block, each over several lines where it is long, cut between its options. */
export const shell = (commands) => `\`\`\`sh\n${commands.map(wrapped).join('\n')}\n\`\`\``;

function wrapped(command) {
  const lines = [];
  for (const option of optionsOf(command)) {
    const longer = `${lines.at(-1) ?? ''} ${option} \\`;
    if (lines.length > 0 && longer.length <= COMMAND_WIDTH) lines.push(`${lines.pop()} ${option}`);
    else lines.push(lines.length === 0 ? option : `  ${option}`);
  }
  return lines.join(' \\\n');
}

/** The command itself, then each option with its values, quoted as they are. */
function optionsOf(command) {
  const options = [];
  for (const word of command.match(/(?:\\.|'[^']*'|[^\s'])+/g) ?? []) {
    if (word.startsWith('--') || options.length === 0) options.push(word);
    else options.push(`${options.pop()} ${word}`);
  }
  return options;
}
