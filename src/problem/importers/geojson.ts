import type * as z from "zod";
import type { Issue } from "../../base/errors.js";
import { district, service } from "../../domain/district.js";
import { dwelling } from "../../domain/dwelling.js";
import { fileIssue, type Imported, type ImportedEntry, type Importer, nothing, stemOf } from "./importer.js";

type Json = Readonly<Record<string, unknown>>;

/** The lists that features can be of, with the fields that their properties may fill. */
const LISTS: Readonly<Record<"districts" | "dwellings" | "services", z.ZodObject>> = {
  districts: district,
  dwellings: dwelling,
  services: service,
};
type FeatureList = keyof typeof LISTS;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listOf = (name: string): FeatureList | undefined =>
  (Object.keys(LISTS) as FeatureList[]).find((list) => list === stemOf(name));

/** RFC 7946 allows a height as third number; it is of no use here. */
const flat = (position: unknown): unknown => (Array.isArray(position) ? position.slice(0, 2) : position);

const geometryOf = (list: FeatureList, geometry: unknown): Json | null => {
  if (geometry === null || geometry === undefined) return {};
  if (!isObject(geometry)) return null;
  const { type, coordinates } = geometry;
  if (type === "Point") return { location: flat(coordinates) };
  if (list === "districts" && (type === "Polygon" || type === "MultiPolygon"))
    return { geometry: { type, coordinates } };
  return null;
};

const idOf = (feature: Json, properties: Json): string | null => {
  const id = properties.id ?? feature.id;
  return typeof id === "string" || typeof id === "number" ? String(id) : null;
};

/** One feature; properties that are not fields of the list are not read, as maps carry many. */
const entryOf = (
  feature: unknown,
  { file, list, index }: { file: string; list: FeatureList; index: number },
): { entry: ImportedEntry | null; issues: readonly Issue[] } => {
  const where = `features[${index}]`;
  const fault = (
    code: "geojson.invalid" | "geojson.missing-id" | "geojson.wrong-geometry",
    expected: string,
    what: string,
  ) => ({
    entry: null,
    issues: [
      fileIssue(
        code,
        { file: `${file} ${where}` },
        { expected, received: "something else", message: `${file} has at ${where} ${what}.` },
      ),
    ],
  });
  if (!isObject(feature) || feature.type !== "Feature")
    return fault("geojson.invalid", "a Feature", "no GeoJSON Feature");
  const properties = isObject(feature.properties) ? feature.properties : {};
  const id = idOf(feature, properties);
  if (id === null)
    return fault("geojson.missing-id", "an id", "a feature without an id, neither of its own nor among its properties");
  const geometry = geometryOf(list, feature.geometry);
  if (geometry === null)
    return fault(
      "geojson.wrong-geometry",
      list === "districts" ? "Polygon, MultiPolygon or Point" : "Point",
      `a geometry that does not fit ${list}`,
    );
  const fields = Object.keys(LISTS[list].shape).filter((key) => key !== "id" && Object.hasOwn(properties, key));
  const value = { id, ...Object.fromEntries(fields.map((key) => [key, properties[key]])), ...geometry };
  return { entry: { value, origin: { file: `${file} ${where}`, row: null, columns: {} } }, issues: [] };
};

const read = (file: string, text: string): Imported => {
  const list = listOf(file);
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = null; // Reported below: what is no JSON is no FeatureCollection.
  }
  const features = isObject(parsed) && parsed.type === "FeatureCollection" ? parsed.features : null;
  if (!Array.isArray(features) || list === undefined) {
    const issue = fileIssue(
      "geojson.invalid",
      { file },
      {
        expected: "a GeoJSON FeatureCollection (RFC 7946)",
        received: "something else",
        message: `${file} is no GeoJSON FeatureCollection.`,
      },
    );
    return { ...nothing, issues: [issue], unread: list === undefined ? [] : [list] };
  }
  const results = features.map((feature, index) => entryOf(feature, { file, list, index }));
  return {
    ...nothing,
    supplement: "or-stands",
    lists: { [list]: results.flatMap(({ entry }) => (entry === null ? [] : [entry])) },
    issues: results.flatMap(({ issues }) => issues),
  };
};

/**
 * `districts.geojson`, `dwellings.geojson`, `services.geojson`: FeatureCollections (RFC 7946), longitude first. They add locations and
 * outlines to entries of the same id in other files, or stand for themselves where their properties say enough.
 */
export const geojson: Importer = {
  id: "geojson",
  title: "Places and outlines as GeoJSON",
  accepts: (name) => name.endsWith(".geojson") && listOf(name) !== undefined,
  read: ({ name, text }) => read(name, text),
};
