/** Text as it may stand in HTML, between tags and in attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A coordinate, short. */
export const at = (x: number): string => String(Math.round(x * 100) / 100);

/** A figure to read. */
export const figure = (x: number): string => (Number.isNaN(x) ? '–' : Number(x.toPrecision(3)).toLocaleString('en'));
