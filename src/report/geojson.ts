import type { Feature, FeatureCollection } from "geojson";
import * as z from "zod";
import { sortedBy } from "../base/order.js";
import type { District } from "../domain/district.js";
import type { Report, ReportInput } from "./report.js";
import { type AreaRow, type PlacementRow, summaryOf } from "./summary.js";

const lists = z.array(z.array(z.array(z.number())));
const lists4 = z.array(lists);

/** The district's own shape, else its centre, else null (RFC 7946, section 3.2: an unlocated feature). */
const geometryOf = ({ geometry, location }: District): Feature["geometry"] | null => {
  if (geometry?.type === "Polygon") return { type: "Polygon", coordinates: lists.parse(geometry.coordinates) };
  if (geometry?.type === "MultiPolygon")
    return { type: "MultiPolygon", coordinates: lists4.parse(geometry.coordinates) };
  return location === null ? null : { type: "Point", coordinates: [...location] };
};

const districtFeature = (district: District, row: AreaRow | undefined): Feature<Feature["geometry"] | null> => ({
  type: "Feature",
  id: `district/${district.id}`,
  geometry: geometryOf(district),
  properties: {
    kind: "district",
    id: district.id,
    name: district.name,
    population: district.population,
    measure: row?.measure ?? null,
    target: row?.target ?? null,
    before: row?.before ?? null,
    placed: row?.placed ?? null,
    after: row?.after ?? null,
    deviation: row?.deviation ?? null,
  },
});

const placementFeature = ({ placement, household, dwelling }: PlacementRow): Feature<Feature["geometry"] | null> => ({
  type: "Feature",
  id: `placement/${household.id}`,
  geometry: dwelling.location === null ? null : { type: "Point", coordinates: [...dwelling.location] },
  properties: {
    kind: "placement",
    household: household.id,
    persons: household.members.length,
    dwelling: dwelling.id,
    district: dwelling.district,
    status: placement.status,
  },
});

const render = ({ problem, plan }: ReportInput): string => {
  const summary = summaryOf(problem, plan);
  const rows = new Map((summary.levels[0]?.rows ?? []).map((row) => [row.id, row]));
  const collection: FeatureCollection<Feature["geometry"] | null> = {
    type: "FeatureCollection",
    features: [
      ...sortedBy(problem.districts, ({ id }) => id).map((district) =>
        districtFeature(district, rows.get(district.id)),
      ),
      ...summary.placements.map(placementFeature),
    ],
  };
  return `${JSON.stringify(collection, null, 1)}\n`;
};

/** Districts with their figures and a point for every placed household, for a map program (RFC 7946). */
export const geojsonReport: Report = {
  id: "geojson",
  fileName: "plan.geojson",
  mediaType: "application/geo+json",
  render,
};
