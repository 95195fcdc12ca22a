import type { Plan } from "../domain/plan.js";

type Counted = (count: number) => string;

/** Every text of the reports in one language. Numbers arrive written out (`Numbers`) where they may have decimals. */
export interface Messages {
  readonly language: string;
  readonly decimalComma: boolean;
  readonly title: (municipality: string) => string;
  readonly asOf: (date: string) => string;
  readonly proposalOnly: string;
  readonly outcome: Readonly<Record<Plan["outcome"]["status"], string>>;
  readonly noPlan: (clash: string) => string;
  readonly checked: Readonly<Record<"ok" | "notOk" | "not", string>>;
  readonly housed: (facts: { housed: number; households: number; personsHoused: number; persons: number }) => string;
  readonly farthest: (facts: { name: string; deviation: string; unit: string }) => string;
  readonly allOnTarget: string;
  readonly onTarget: (facts: { onTarget: number; areas: number }) => string;
  readonly proven: (facts: { proven: number; tiers: number }) => string;
  readonly tiles: Readonly<Record<"households" | "persons" | "farthest" | "proven", string>>;
  readonly outOf: (part: number, whole: number) => string;
  readonly sections: Readonly<
    Record<
      | "map"
      | "bars"
      | "areas"
      | "even"
      | "tiers"
      | "placements"
      | "reasons"
      | "unplaced"
      | "decisions"
      | "quotas"
      | "method"
      | "check",
      string
    >
  >;
  readonly level: (level: string) => string;
  readonly measure: (measure: string) => string;
  readonly unit: (unit: string) => string;
  readonly columns: Readonly<
    Record<
      | "area"
      | "id"
      | "population"
      | "target"
      | "before"
      | "placed"
      | "after"
      | "deviation"
      | "perThousand"
      | "household"
      | "persons"
      | "dwelling"
      | "district"
      | "size"
      | "rooms"
      | "areaM2"
      | "rent"
      | "maxRent"
      | "free"
      | "handover"
      | "facts"
      | "reasons"
      | "nearest"
      | "tier"
      | "value"
      | "bound"
      | "proof"
      | "status"
      | "kind"
      | "by"
      | "reason"
      | "quota"
      | "scope"
      | "now"
      | "limits"
      | "basis"
      | "level"
      | "measure",
      string
    >
  >;
  readonly areasCaption: (facts: { level: string; measure: string }) => string;
  readonly captions: Readonly<Record<"tiers" | "placements" | "unplaced" | "decisions" | "quotas", string>>;
  readonly total: string;
  readonly provenYes: string;
  readonly provenNo: (gap: string) => string;
  readonly better: Readonly<Record<"min" | "max", string>>;
  readonly status: Readonly<Record<Plan["placements"][number]["status"], string>>;
  readonly withoutHome: string;
  readonly rooms: Counted;
  readonly persons: Counted;
  readonly unknown: string;
  readonly near: (facts: { kind: string; km: string; withinKm: string; met: boolean; required: boolean }) => string;
  readonly nearUnknown: (kind: string) => string;
  readonly serviceKind: (kind: string) => string;
  readonly stepFree: string;
  readonly wish: Readonly<Record<"met" | "notMet", string>>;
  readonly pinned: string;
  readonly listed: string;
  readonly ruledOut: (facts: { title: string; ruledOut: number; dwellings: number }) => string;
  readonly noReason: string;
  readonly allHoused: string;
  readonly decisionKind: Readonly<Record<"pin" | "forbid", string>>;
  readonly noDecisions: string;
  readonly atLeast: (count: number) => string;
  readonly atMost: (count: number) => string;
  readonly counting: Readonly<Record<"arrivals" | "cumulative", string>>;
  readonly wholeMunicipality: string;
  readonly map: {
    readonly title: (municipality: string) => string;
    readonly desc: (facts: { areas: number; used: number; free: number }) => string;
    readonly schematic: string;
    readonly none: string;
    readonly legend: Readonly<Record<"under" | "farUnder" | "on" | "over" | "farOver" | "used" | "free", string>>;
  };
  readonly bars: {
    readonly title: (level: string) => string;
    readonly desc: string;
    readonly placed: string;
    readonly target: string;
    readonly row: (facts: { placed: string; target: string; deviation: string }) => string;
  };
  readonly lorenz: Readonly<
    Record<
      "desc" | "axis" | "explained" | "caption" | "giniBefore" | "giniAfter" | "hooverBefore" | "hooverAfter",
      string
    >
  > & { readonly title: (level: string) => string };
  readonly method: {
    readonly evenness: (facts: { measure: string; weight: string; levels: string }) => string;
    readonly counting: Readonly<Record<"cumulative" | "batch", string>>;
    readonly apportionment: (method: string) => string;
    readonly draw: Readonly<Record<"waiting-then-hash" | "hash", (seed: string) => string>>;
    readonly off: (rules: string) => string;
    readonly input: (hash: string) => string;
    readonly made: (facts: { version: string; solver: string }) => string;
    readonly crow: string;
  };
  readonly weight: (weight: string) => string;
  readonly checkTable: { readonly caption: string; readonly finding: string; readonly subject: string };
}

/** The text under a known key, or the key itself: keys such as kinds of service may be made up by a problem. */
export const known =
  (table: Readonly<Record<string, string>>) =>
  (key: string): string =>
    Object.hasOwn(table, key) ? (table[key] ?? key) : key;
