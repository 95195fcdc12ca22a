import { Delaunay } from "d3-delaunay";
import { geoMercator } from "d3-geo";
import { sortedBy } from "../base/order.js";
import type { District } from "../domain/district.js";
import type { AreaGeometry, Position } from "../domain/primitives.js";
import type { Problem } from "../domain/problem.js";
import { clipped, type Point, roundedHull } from "./plane.js";

/** One district as drawn. */
export interface Cell {
  readonly district: District;
  /** Rings of the outline. */
  readonly rings: readonly (readonly Point[])[];
  /** Where its label belongs. */
  readonly centre: Point;
}

export interface MapGround {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly Cell[];
  /** Whether the outlines are true borders; otherwise they are Voronoi cells of the centres. */
  readonly trueBorders: boolean;
  readonly pixel: (position: Position) => Point;
}

const HEIGHT = 620;
const MIN_WIDTH = 320;
const MAX_WIDTH = 680;
const MARGIN = 56;

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number";

const ringsOf = (geometry: AreaGeometry): readonly (readonly Position[])[] => {
  const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  return rings.map((ring) => (Array.isArray(ring) ? ring.filter(isPosition) : [])).filter((ring) => ring.length >= 3);
};

/** Middle of the bounding box. */
const middle = (points: readonly Point[]): Point => {
  const range = (values: readonly number[]) =>
    (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2;
  return [range(points.map(([x]) => x)), range(points.map(([, y]) => y))];
};

/** A degree's worth of room where all positions coincide, so that the scale stays finite. */
const LEAST_EXTENT = 0.02;

const extentOf = (positions: readonly Position[]) => {
  const lons = positions.map(([lon]) => lon);
  const lats = positions.map(([, lat]) => lat);
  const low = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b)) - LEAST_EXTENT / 2;
  const high = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b)) + LEAST_EXTENT / 2;
  return { west: low(lons), east: high(lons), south: low(lats), north: high(lats) };
};

const projected = (positions: readonly Position[]): Pick<MapGround, "width" | "height" | "pixel"> => {
  const { west, east, south, north } = extentOf(positions);
  const aspect = ((east - west) * Math.cos((((south + north) / 2) * Math.PI) / 180)) / (north - south);
  const width = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, (HEIGHT - 2 * MARGIN) * aspect + 2 * MARGIN)));
  const projection = geoMercator().fitExtent(
    [
      [MARGIN, MARGIN],
      [width - MARGIN, HEIGHT - MARGIN],
    ],
    {
      type: "MultiPoint",
      coordinates: [
        [west, south],
        [east, north],
      ],
    },
  );
  return { width, height: HEIGHT, pixel: ([lon, lat]) => projection([lon, lat]) ?? [width / 2, HEIGHT / 2] };
};

const borderCells = (districts: readonly District[], pixel: MapGround["pixel"]): readonly Cell[] =>
  districts.flatMap((district) => {
    const rings = district.geometry === null ? [] : ringsOf(district.geometry).map((ring) => ring.map(pixel));
    const [outer] = rings;
    if (outer === undefined) return [];
    return [{ district, rings, centre: district.location === null ? middle(outer) : pixel(district.location) }];
  });

const voronoiCells = (
  districts: readonly District[],
  { width, height, pixel }: Pick<MapGround, "width" | "height" | "pixel">,
  around: readonly Point[],
): readonly Cell[] => {
  const centres = districts.flatMap((district) =>
    district.location === null ? [] : [{ district, centre: pixel(district.location) }],
  );
  const hull = roundedHull([...centres.map(({ centre }) => centre), ...around], MARGIN * 0.8);
  const voronoi = Delaunay.from(centres.map(({ centre }) => [centre[0], centre[1]])).voronoi([0, 0, width, height]);
  return centres.flatMap(({ district, centre }, i) => {
    // Two centres in one spot share a cell: the second has none.
    const polygon = voronoi.cellPolygon(i);
    const ring = polygon === null ? [] : clipped(polygon.slice(0, -1), hull);
    return ring.length < 3 ? [] : [{ district, rings: [ring], centre }];
  });
};

/** Where everything lies on the map; null where no district has a place. True borders are used where every district has them. */
export const mapGround = (problem: Problem): MapGround | null => {
  const districts = sortedBy(problem.districts, ({ id }) => id);
  const dwellings = sortedBy(problem.dwellings, ({ id }) => id);
  const trueBorders = districts.every(({ geometry }) => geometry !== null && ringsOf(geometry).length > 0);
  const homes = dwellings.flatMap(({ location }) => (location === null ? [] : [location]));
  const shapes = trueBorders
    ? districts.flatMap(({ geometry }) => (geometry === null ? [] : ringsOf(geometry).flat()))
    : districts.flatMap(({ location }) => (location === null ? [] : [location]));
  if (shapes.length === 0) return null;
  const plane = projected([...shapes, ...homes]);
  const cells = trueBorders
    ? borderCells(districts, plane.pixel)
    : voronoiCells(districts, plane, homes.map(plane.pixel));
  return { ...plane, cells, trueBorders };
};
