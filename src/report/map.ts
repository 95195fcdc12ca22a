import { sortedBy } from "../base/order.js";
import type { Problem } from "../domain/problem.js";
import { type Cell, type MapGround, mapGround } from "./map-cells.js";
import { html, type Markup, NOTHING, svgNumber } from "./markup.js";
import type { Messages } from "./messages.js";
import type { Numbers } from "./numbers.js";
import type { Point } from "./plane.js";
import type { Summary } from "./summary.js";

/** How far an area is from its target: told by colour, by pattern and by the number on it. */
export type Shade = "farUnder" | "under" | "on" | "over" | "farOver";

export const SHADES: readonly Shade[] = ["farUnder", "under", "on", "over", "farOver"];

/** `far` begins beyond three persons, or beyond half of the largest deviation where that is more. */
export const shadeOf = (deviation: number, largest: number): Shade => {
  if (deviation === 0) return "on";
  const far = Math.abs(deviation) > Math.max(3, largest / 2);
  if (deviation < 0) return far ? "farUnder" : "under";
  return far ? "farOver" : "over";
};

/** Fills that stay apart in greyscale: hatching for too few, solid for too many. */
export const PATTERNS: Markup = html`<defs>
<pattern id="fill-under" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#eef4fa"/><rect width="1.6" height="7" fill="#5b8db8"/></pattern>
<pattern id="fill-farUnder" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#d5e5f3"/><rect width="3" height="6" fill="#3d76a8"/></pattern>
</defs>`;

const FILLS: Readonly<Record<Shade, string>> = {
  farUnder: "url(#fill-farUnder)",
  under: "url(#fill-under)",
  on: "#fbfaf5",
  over: "#f3c98b",
  farOver: "#d9822b",
};

const DOT = 3.1;
const PITCH = 7.4;
/** Beyond this many, dots stay where they are, on top of each other: parting them takes the square of their number. */
const PARTED_DOTS = 1_500;
const GOLDEN_ANGLE = 2.399963229728653;

interface Dot {
  readonly at: Point;
  readonly used: boolean;
}

/** One dot a home, moved to the nearest free spot round its place. */
const dotsOf = ({ problem, used }: { problem: Problem; used: Summary["used"] }, ground: MapGround): readonly Dot[] => {
  const wanted = sortedBy(problem.dwellings, ({ id }) => id).flatMap((dwelling) => {
    if (dwelling.location === null) return [];
    const at = ground.pixel(dwelling.location);
    const taken = used.get(dwelling.id) ?? 0;
    return Array.from({ length: dwelling.count }, (_, i) => ({ at, used: i < taken }));
  });
  if (wanted.length > PARTED_DOTS) return wanted;
  const placed: Dot[] = [];
  const isFree = ([x, y]: Point) => placed.every(({ at }) => Math.hypot(at[0] - x, at[1] - y) >= PITCH);
  for (const dot of wanted) {
    for (let k = 0; ; k += 1) {
      const radius = PITCH * 0.5 * Math.sqrt(k);
      const at: Point = [
        dot.at[0] + radius * Math.cos(k * GOLDEN_ANGLE),
        dot.at[1] + radius * Math.sin(k * GOLDEN_ANGLE),
      ];
      if (!isFree(at)) continue;
      placed.push({ at, used: dot.used });
      break;
    }
  }
  return placed;
};

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));

const LABEL_HEIGHT = 29;
const SHIFTS: readonly Point[] = [0, 10, 16, 22, 28, 34, 42].flatMap((reach): readonly Point[] =>
  reach === 0
    ? [[0, 0]]
    : [
        [0, -reach],
        [0, reach],
        [-reach, 0],
        [reach, 0],
        [-reach, -reach * 0.7],
        [reach, -reach * 0.7],
        [-reach, reach * 0.7],
        [reach, reach * 0.7],
      ],
);

/** Beyond this many areas there is no room for names: each carries its number alone, and the table has the names. */
const NAMED_AREAS = 30;

/** A spot for each label near its centre that covers few dots and no other label: the first best of a fixed list of shifts. */
const labelSpots = (
  cells: readonly { readonly cell: Cell; readonly width: number }[],
  dots: readonly Dot[],
  { width: full, height: tall }: Pick<MapGround, "width" | "height">,
): readonly Point[] => {
  const taken: Box[] = [];
  const dotBoxes = dots.map(({ at: [x, y] }) => ({ left: x - DOT, top: y - DOT, width: 2 * DOT, height: 2 * DOT }));
  return cells.map(({ cell, width }) => {
    const options = SHIFTS.map(([dx, dy]) => {
      const left = Math.min(full - width - 2, Math.max(2, cell.centre[0] + dx - width / 2));
      const top = Math.min(tall - LABEL_HEIGHT - 2, Math.max(2, cell.centre[1] + dy - LABEL_HEIGHT / 2));
      const box = { left, top, width, height: LABEL_HEIGHT };
      const covered = dotBoxes.reduce((sum, dot) => sum + overlap(box, dot), 0);
      const clash = taken.reduce((sum, other) => sum + overlap(box, other), 0);
      return { box, cost: covered + 10 * clash + 1.2 * Math.hypot(dx, dy) };
    });
    const best = options.reduce((a, b) => (b.cost < a.cost ? b : a));
    taken.push(best.box);
    return [best.box.left + width / 2, best.box.top];
  });
};

const pathOf = (rings: Cell["rings"]): string =>
  rings.map((ring) => `M${ring.map(([x, y]) => `${svgNumber(x)},${svgNumber(y)}`).join("L")}Z`).join("");

const dotMarkup = ({ at: [x, y], used }: Dot): Markup =>
  html`<circle cx="${svgNumber(x)}" cy="${svgNumber(y)}" r="${used ? svgNumber(DOT) : svgNumber(DOT - 0.5)}" class="${used ? "home used" : "home free"}"/>`;

const legendMarkup = (shades: ReadonlySet<Shade>, texts: Messages): Markup => {
  const fills = SHADES.filter((shade) => shades.has(shade)).map(
    (shade) =>
      html`<li><svg width="26" height="16" aria-hidden="true"><rect x="0.5" y="0.5" width="25" height="15" fill="${FILLS[shade]}" stroke="#4a4a4a"/></svg> ${texts.map.legend[shade]}</li>`,
  );
  const dots = (["used", "free"] as const).map(
    (kind) =>
      html`<li><svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="3.6" class="${`home ${kind}`}"/></svg> ${texts.map.legend[kind]}</li>`,
  );
  return html`<ul class="legend">${fills}${dots}</ul>`;
};

/** The map with its legend: areas shaded by placed minus target, the number on each, a dot for every home. */
export const mapMarkup = (
  problem: Problem,
  summary: Summary,
  { texts, numbers }: { readonly texts: Messages; readonly numbers: Numbers },
): Markup => {
  const ground = mapGround(problem);
  if (ground === null) return html`<p>${texts.map.none}</p>`;
  const rows = new Map((summary.levels[0]?.rows ?? []).map((row) => [row.id, row]));
  const largest = [...rows.values()].reduce((most, { deviation }) => Math.max(most, Math.abs(deviation)), 0);
  const shades = new Map(
    ground.cells.map(({ district: { id } }) => [id, shadeOf(rows.get(id)?.deviation ?? 0, largest)]),
  );
  const dots = dotsOf({ problem, used: summary.used }, ground);
  const isNamed = ground.cells.length <= NAMED_AREAS;
  const labelled = ground.cells.map((cell) => ({
    cell,
    width: isNamed ? Math.max(30, (cell.district.name || cell.district.id).length * 6.9) : 30,
  }));
  const spots = isNamed
    ? labelSpots(labelled, dots, ground)
    : ground.cells.map(({ centre: [x, y] }): Point => [x, y - LABEL_HEIGHT / 2 - 6]);
  const areas = ground.cells.map(
    ({ district, rings }) =>
      html`<path d="${pathOf(rings)}" fill="${FILLS[shades.get(district.id) ?? "on"]}" class="area"/>`,
  );
  const labels = ground.cells.map(({ district }, i) => {
    const [x, y] = spots[i] ?? [0, 0];
    return html`<g class="label" transform="translate(${svgNumber(x)},${svgNumber(y)})">${isNamed ? html`<text y="11">${district.name || district.id}</text>` : NOTHING}<text y="26" class="figure">${numbers.signed(rows.get(district.id)?.deviation ?? 0)}</text></g>`;
  });
  const used = dots.filter((dot) => dot.used).length;
  const counts = { areas: ground.cells.length, used, free: dots.length - used };
  return html`<svg class="map" viewBox="0 0 ${ground.width} ${ground.height}" role="img" aria-labelledby="map-title map-desc">
<title id="map-title">${texts.map.title(problem.municipality.name)}</title><desc id="map-desc">${texts.map.desc(counts)}</desc>
${PATTERNS}
<g>${areas}</g>
<g>${dots.map(dotMarkup)}</g>
<g>${labels}</g>
</svg>
${legendMarkup(new Set(shades.values()), texts)}
${ground.trueBorders ? NOTHING : html`<p class="note">${texts.map.schematic}</p>`}`;
};
