import type { AreaGeometry, Position } from "../domain/primitives.js";
import { subjectWords } from "./form-faults.js";
import type { IssueLog } from "./issue-log.js";
import type { Parts } from "./parts.js";
import { type Path, shownId } from "./shown.js";

/** A box in degrees: [west, south, east, north]. */
type Box = readonly [number, number, number, number];

/** Where a country lies, with room to spare. Denmark: Blåvand to Christiansø, Gedser to Skagen. */
const BOXES: Readonly<Record<string, Box>> = { DK: [7.5, 54.4, 15.5, 57.9] };

/** Elsewhere, a place this far from the middle of all is taken for a mistake. Unit: degrees. */
const FAR_LATITUDE = 3;
const FAR_LONGITUDE = 6;

interface Place {
  readonly noun: "district" | "service" | "dwelling";
  readonly id: string;
  readonly path: Path;
  readonly inside: Path;
  readonly at: Position;
}

const firstPoints = ({
  type,
  coordinates,
}: AreaGeometry): readonly { readonly inside: Path; readonly at: Position }[] => {
  const rings =
    type === "Polygon"
      ? [{ inside: [0, 0], ring: coordinates[0] }]
      : coordinates.map((polygon, index) => ({ inside: [index, 0, 0], ring: (polygon as readonly unknown[])[0] }));
  return rings.flatMap(({ inside, ring }) => {
    const [longitude, latitude] = (ring as readonly (readonly number[])[])[0] ?? [];
    return longitude === undefined || latitude === undefined
      ? []
      : [{ inside: ["geometry", "coordinates", ...inside], at: [longitude, latitude] as const }];
  });
};

const placesOf = ({ districts, services, dwellings }: Parts): readonly Place[] => [
  ...districts.flatMap(({ value, path }) => [
    ...(value.location === null
      ? []
      : [{ noun: "district" as const, id: value.id, path, inside: ["location"], at: value.location }]),
    ...(value.geometry === null
      ? []
      : firstPoints(value.geometry).map((point) => ({ noun: "district" as const, id: value.id, path, ...point }))),
  ]),
  ...services
    .filter(({ repaired }) => !repaired)
    .map(({ value, path }) => ({
      noun: "service" as const,
      id: value.id,
      path,
      inside: ["location"],
      at: value.location,
    })),
  ...dwellings.flatMap(({ value, path }) =>
    value.location === null
      ? []
      : [{ noun: "dwelling" as const, id: value.id, path, inside: ["location"], at: value.location }],
  ),
];

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
};

const inBox = ([longitude, latitude]: Position, [west, south, east, north]: Box): boolean =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north;

/** The box that places must lie in: the country's, or one around the middle of all places (three at least). */
const boxFor = (country: string, places: readonly Place[]): Box | null => {
  const known = Object.hasOwn(BOXES, country) ? BOXES[country] : undefined;
  if (known !== undefined) return known;
  if (places.length < 3) return null;
  const longitude = median(places.map(({ at }) => at[0]));
  const latitude = median(places.map(({ at }) => at[1]));
  return [longitude - FAR_LONGITUDE, latitude - FAR_LATITUDE, longitude + FAR_LONGITUDE, latitude + FAR_LATITUDE];
};

/** Every location lies in the country (where its box is known) or near the others; latitude before longitude is noticed. */
export const checkPlaces = (parts: Parts, log: IssueLog): void => {
  const { country } = parts;
  const places = placesOf(parts);
  const box = boxFor(country, places);
  if (box === null) return;
  const [west, south, east, north] = box;
  const where = Object.hasOwn(BOXES, country)
    ? `${country} (longitude ${west} to ${east}, latitude ${south} to ${north})`
    : "6 degrees of longitude and 3 of latitude from the middle of all places";
  for (const { noun, id, path, inside, at } of places) {
    if (inBox(at, box)) continue;
    const [longitude, latitude] = at;
    const swapped = inBox([latitude, longitude], box);
    log.add(`${noun}.${swapped ? "swapped-coordinates" : "far-away"}`, () => ({
      path: [...path, ...inside],
      subject: shownId(id),
      expected: `[longitude, latitude] within ${where}`,
      received: `[${longitude}, ${latitude}]`,
      message: swapped
        ? `${subjectWords({ noun, id, path })} lies at [${longitude}, ${latitude}], which is latitude before longitude; GeoJSON gives longitude first (RFC 7946).`
        : `${subjectWords({ noun, id, path })} lies at [${longitude}, ${latitude}], outside ${where}.`,
      hint: swapped ? `Maybe it is [${latitude}, ${longitude}].` : null,
    }));
  }
};
