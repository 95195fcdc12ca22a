import { parse } from "csv-parse/browser/esm/sync";
import type { Issue } from "../../base/errors.js";
import { shownValue } from "../shown.js";
import { GONE, HOME_KINDS, HOMES } from "./bbr-codes.js";
import { delimiterOf } from "./csv-delimiter.js";
import { readDecimal } from "./decimal.js";
import { fileIssue, type Imported, type ImportedEntry, type Importer, nothing, stemOf } from "./importer.js";
import { fromUtm32 } from "./utm32.js";

type Unit = Readonly<Record<string, unknown>>;

/** A field by any of the spellings that BBR's services use; an empty one is not there. */
const fieldOf = (unit: Unit, ...names: readonly string[]): string | null => {
  for (const name of names) {
    const value = Object.hasOwn(unit, name) ? unit[name] : undefined;
    if ((typeof value === "string" || typeof value === "number") && String(value).trim() !== "")
      return String(value).trim();
  }
  return null;
};

const ROOMS = ["enh031AntalVaerelser", "enh031AntalVærelser", "VAERELSE_ANT"];
const AREA = ["enh027ArealTilBeboelse", "enh026EnhedensSamledeAreal"];
const POINT = /^POINT\s*\(\s*(\d{5,7}(?:\.\d+)?)\s+(\d{6,8}(?:\.\d+)?)\s*\)$/i;

/** Why nobody can be housed in a unit, or null. */
const whyNoHome = (unit: Unit): string | null => {
  const use = fieldOf(unit, "enh020EnhedensAnvendelse");
  const status = fieldOf(unit, "status");
  if (status !== null && Object.hasOwn(GONE, status)) return `status ${status} (${GONE[status]})`;
  if (fieldOf(unit, "enh024KondemneretBoligenhed") === "1") return "enh024KondemneretBoligenhed 1 (condemned)";
  if (fieldOf(unit, "registreringTil", "virkningTil") !== null)
    return "an entry that is no longer valid (registreringTil or virkningTil)";
  if (fieldOf(unit, "enh023Boligtype") === "5") return "enh023Boligtype 5 (holiday home)";
  return use === null || Object.hasOwn(HOMES, use)
    ? null
    : `enh020EnhedensAnvendelse ${shownValue(use)} (no home all the year round)`;
};

/** One BBR unit: rooms, area, place and lift. Step-free is left to a person: BBR knows no steps. */
const entryOf = (unit: Unit, { file, row }: { readonly file: string; readonly row: number }): ImportedEntry | null => {
  const id = fieldOf(unit, "id_lokalId");
  if (id === null) return null;
  const at = { file, row, subject: id };
  const issues: Issue[] = [];
  const report = (
    code: "bbr.not-a-home" | "bbr.unknown-code" | "bbr.wrong-cell",
    expected: string,
    what: string,
  ): void => {
    issues.push(
      fileIssue(code, at, {
        expected,
        received: what,
        message: `Dwelling "${id}" has in BBR ${what}; it must be ${expected}.`,
      }),
    );
  };
  const why = whyNoHome(unit);
  if (why !== null) report("bbr.not-a-home", "a home that may be lived in all the year", why);
  const kind = fieldOf(unit, "enh023Boligtype");
  if (kind !== null && !Object.hasOwn(HOME_KINDS, kind))
    report("bbr.unknown-code", `one of ${Object.keys(HOME_KINDS).join(", ")}`, `enh023Boligtype ${shownValue(kind)}`);
  const numberAt = (names: readonly string[]): number | null => {
    const text = fieldOf(unit, ...names);
    if (text === null) return null;
    const read = readDecimal(text, { sign: ".", grouped: false });
    if ("value" in read) return read.value;
    report("bbr.wrong-cell", "a number", `${names[0]} ${shownValue(text)}`);
    return null;
  };
  const point = fieldOf(unit, "byg404Koordinat");
  const match = point === null ? null : POINT.exec(point);
  if (point !== null && match === null)
    report("bbr.wrong-cell", "POINT(easting northing) in EPSG:25832", `byg404Koordinat ${shownValue(point)}`);
  const rooms = numberAt(ROOMS);
  const areaM2 = numberAt(AREA);
  const value = {
    id,
    ...(rooms === null ? {} : { rooms }),
    ...(areaM2 === null ? {} : { areaM2 }),
    ...(match === null ? {} : { location: fromUtm32({ easting: Number(match[1]), northing: Number(match[2]) }) }),
    // On the stairwell, not the unit; a lift that is not told of may still be there.
    ...(fieldOf(unit, "opg020Elevator") === "1" ? { features: ["lift"] } : {}),
  };
  return { value, origin: { file, row, columns: {} }, issues };
};

const unitsOf = (name: string, text: string): readonly Unit[] | null => {
  try {
    const read: unknown = name.toLowerCase().endsWith(".json")
      ? JSON.parse(text)
      : parse(text, { columns: true, delimiter: delimiterOf(text), skip_empty_lines: true, relax_column_count: true });
    return Array.isArray(read) ? read.filter((unit): unit is Unit => typeof unit === "object" && unit !== null) : null;
  } catch {
    return null; // Told below, without the parser's own words, which may repeat cells.
  }
};

/**
 * `bbr.csv` or `bbr.json`: units of the Danish building register (BBR_Enhed, joined with building and stairwell), by their GraphQL names.
 * They only add rooms, area, location and lift to dwellings that are listed under the same id (`id_lokalId`); which are vacant, for how
 * many and at what rent is the municipality's own to say. A unit listed twice counts once.
 */
export const bbr: Importer = {
  id: "bbr",
  title: "Units of the Danish building register",
  accepts: (name) => stemOf(name) === "bbr" && /\.(?:csv|json)$/.test(name),
  read: ({ name, text }): Imported => {
    const units = unitsOf(name, text);
    if (units === null) {
      const issue = fileIssue(
        "bbr.wrong-cell",
        { file: name },
        {
          expected: "a table or a JSON list of BBR units",
          received: "something else",
          message: `${name} is neither a table nor a JSON list of BBR units.`,
        },
      );
      return { ...nothing, issues: [issue] };
    }
    const first = name.toLowerCase().endsWith(".json") ? 1 : 2;
    const entries = units.flatMap((unit, index) => entryOf(unit, { file: name, row: index + first }) ?? []);
    const byId = new Map([...entries].reverse().map((entry) => [entry.value.id, entry]));
    return { ...nothing, supplement: "only", lists: { dwellings: [...byId.values()].reverse() } };
  },
};
