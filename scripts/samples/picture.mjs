import { BARS_PER_BLOCK, STEPS_PER_BAR, STEPS_PER_BLOCK, TICKS_PER_STEP } from '../../dist/music/units.js';

const MARGIN = 8;
const GAP = 16;
const CAPTION = 22;
const GROUND = '#1b1b28';
const BAR_LINE = '#2d2d3f';
/** Each fourth bar. */
const PHRASE_LINE = '#4b4b63';
const TEXT = '#c9c9dc';
/** Of four roles, as many as a model may have: told apart by those who don't see red and green, too. */
const COLOURS = ['#f5b83d', '#8c7bff', '#3fc1b0', '#f0709a'];
/** From the highest note to the lowest: amber to violet. */
const HUES = [400, 365, 330, 295, 260];
/** Velocities are drawn as one of so many opacities. */
const SHADES = 6;

/**
 * Blocks as piano rolls, `columns` beside each other, as an SVG on a ground of its own. A roll has a caption (or null)
 * and notes whose channel counts the roles. A single role's colours tell high notes from low ones. In a roll, the unit
 * is the step across and the semitone down; each note is a stroke of a path, `M<step> <semitone>h<length>`.
 */
export function drawRolls(title, roles, rolls, { columns, width, row }) {
  const pitches = rolls.flatMap(({ notes }) => notes.map(({ pitch }) => pitch));
  const [low, high] = pitches.length === 0 ? [60, 60] : [Math.min(...pitches), Math.max(...pitches)];
  const rows = high - low + 1;
  const scale = (width - 2 * MARGIN - (columns - 1) * GAP) / columns / STEPS_PER_BLOCK;
  const captioned = rolls.some(({ caption }) => caption !== null);
  const cell = { width: scale * STEPS_PER_BLOCK + GAP, height: rows * row + MARGIN + (captioned ? CAPTION : 0) };
  const legend = roles.length > 1 ? CAPTION : 0;
  const height = Math.ceil(rolls.length / columns) * cell.height + MARGIN + legend;

  const one = ({ caption, notes }, i) => {
    const x = MARGIN + (i % columns) * cell.width;
    const y = MARGIN + legend + Math.floor(i / columns) * cell.height + (captioned ? CAPTION : 0);
    const label = caption === null ? [] : [`<text x="${decimal(x)}" y="${decimal(y - 7)}">${escaped(caption)}</text>`];
    return [
      ...label,
      `<g transform="translate(${decimal(x)} ${decimal(y)}) scale(${decimal(scale)} ${row})">`,
      `<use href="#bars"/>`,
      ...strokes(notes, high, roles),
      '</g>',
    ].join('\n');
  };
  const bars = (colour, isWanted) =>
    `<path stroke="${colour}" stroke-width="${decimal(1 / scale)}" d="${barLines(rows, isWanted)}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${decimal(height)}" role="img" \
font-family="sans-serif" font-size="14" fill="${TEXT}">
<title>${escaped(title)}</title>
<defs>
<linearGradient id="pitch" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="${rows}">
${HUES.map((hue, i) => `<stop offset="${i / (HUES.length - 1)}" stop-color="hsl(${hue},80%,68%)"/>`).join('')}
</linearGradient>
<g id="bars">${bars(BAR_LINE, (bar) => bar % 4 !== 0)}${bars(PHRASE_LINE, (bar) => bar % 4 === 0)}</g>
</defs>
<rect width="${width}" height="${decimal(height)}" rx="6" fill="${GROUND}"/>
${[...(legend > 0 ? keyOf(roles) : []), ...rolls.map(one)].join('\n')}
</svg>
`;
}

/** One path for each role and shade. */
function strokes(notes, high, roles) {
  const paths = new Map();
  for (const { onset, duration, pitch, velocity, channel } of notes) {
    const shade = Math.round((SHADES * velocity) / 127);
    const colour = roles.length > 1 ? COLOURS[channel] : 'url(#pitch)';
    const look = `stroke="${colour}" opacity="${decimal(0.4 + (0.6 * shade) / SHADES)}"`;
    const start = onset / TICKS_PER_STEP;
    // a gap where notes touch
    const length = Math.max(0.2, duration / TICKS_PER_STEP - 0.2);
    const stroke = `M${decimal(start)} ${high - pitch + 0.5}h${decimal(length)}`;
    paths.set(look, (paths.get(look) ?? '') + stroke);
  }
  return [...paths].map(([look, d]) => `<path ${look} stroke-width=".82" d="${d}"/>`);
}

const barLines = (rows, isWanted) =>
  Array.from({ length: BARS_PER_BLOCK + 1 }, (_, bar) => bar)
    .filter(isWanted)
    .map((bar) => `M${bar * STEPS_PER_BAR} 0v${rows}`)
    .join('');

/** The roles' names, each beside its colour. */
const keyOf = (roles) =>
  roles.map((role, i) => {
    const x = MARGIN + i * 150;
    const box = `<rect x="${x}" y="${MARGIN + 2}" width="12" height="12" rx="2" fill="${COLOURS[i]}"/>`;
    return `${box}<text x="${x + 18}" y="${MARGIN + 13}">${escaped(role)}</text>`;
  });

const decimal = (value) => String(Number(value.toFixed(2)));

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
