import { districtsCsv, placementsCsv } from "./csv.js";
import { geojsonReport } from "./geojson.js";
import { htmlReport } from "./html.js";
import { jsonReport } from "./json.js";
import type { Report } from "./report.js";

/** Every report. A new kind is one new file and one line here. */
export const REPORTS: readonly Report[] = [jsonReport, districtsCsv, placementsCsv, geojsonReport, htmlReport];
