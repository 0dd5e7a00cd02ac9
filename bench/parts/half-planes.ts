export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The part of a convex polygon where x * by.x + y * by.y is at most `limit` (Sutherland and Hodgman, 1974). */
export function within(polygon: readonly Point[], by: Point, limit: number): readonly Point[] {
  const over = ({ x, y }: Point): number => x * by.x + y * by.y - limit;
  return polygon.flatMap((point, i) => {
    const before = polygon.at(i - 1)!;
    const [a, b] = [over(before), over(point)];
    const at = a / (a - b);
    const crossing = { x: before.x + at * (point.x - before.x), y: before.y + at * (point.y - before.y) };
    if (a > 0 !== b > 0) return b > 0 ? [crossing] : [crossing, point];
    return b > 0 ? [] : [point];
  });
}

/** The centre of mass of a convex polygon. */
export function centre(polygon: readonly Point[]): Point {
  let area = 0;
  let x = 0;
  let y = 0;
  polygon.forEach((b, i) => {
    const a = polygon.at(i - 1)!;
    const cross = a.x * b.y - b.x * a.y;
    area += cross / 2;
    x += ((a.x + b.x) * cross) / 6;
    y += ((a.y + b.y) * cross) / 6;
  });
  return { x: x / area, y: y / area };
}
