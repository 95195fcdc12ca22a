/** A point of a drawing, in pixels, y downwards. */
export type Point = readonly [x: number, y: number];

const cross = (o: Point, a: Point, b: Point): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

const halfHull = (points: readonly Point[]): readonly Point[] => {
  const chain: Point[] = [];
  for (const point of points) {
    for (;;) {
      const [b, a] = [chain.at(-1), chain.at(-2)];
      if (a === undefined || b === undefined || cross(a, b, point) > 0) break;
      chain.pop();
    }
    chain.push(point);
  }
  return chain.slice(0, -1);
};

/** Convex hull (Andrew's monotone chain), each corner once. Edge: fewer than three different points have no area. */
export const convexHull = (points: readonly Point[]): readonly Point[] => {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...halfHull(sorted), ...halfHull([...sorted].reverse())];
};

const CORNERS = 24;

/** The hull of circles of that radius round the points: never without an area. */
export const roundedHull = (points: readonly Point[], radius: number): readonly Point[] =>
  convexHull(
    points.flatMap(([x, y]) =>
      Array.from({ length: CORNERS }, (_, i): Point => {
        const angle = (2 * Math.PI * i) / CORNERS;
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
      }),
    ),
  );

const crossing = (a: Point, b: Point, insideA: number, insideB: number): Point => {
  const t = insideA / (insideA - insideB);
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
};

/** The part of a polygon inside a convex one that `convexHull` made (Sutherland and Hodgman 1974). */
export const clipped = (polygon: readonly Point[], convex: readonly Point[]): readonly Point[] =>
  convex.reduce<readonly Point[]>((rest, from, i) => {
    const to = convex[(i + 1) % convex.length] ?? from;
    return rest.flatMap((point, k) => {
      const next = rest[(k + 1) % rest.length] ?? point;
      const here = cross(from, to, point);
      const there = cross(from, to, next);
      const cut = here >= 0 === there >= 0 ? [] : [crossing(point, next, here, there)];
      return here >= 0 ? [point, ...cut] : cut;
    });
  }, polygon);
