import { bbr } from "./bbr.js";
import { csv } from "./csv.js";
import { geojson } from "./geojson.js";
import type { Importer } from "./importer.js";
import { json } from "./json.js";

/** Every importer. A new one is one new file and one line here. */
export const IMPORTERS: readonly Importer[] = [json, csv, geojson, bbr];
