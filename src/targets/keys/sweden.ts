import type { KeyPreset } from "./preset.js";

/** Sweden: county and municipal numbers: counties first, municipalities inside them by the same key. Source: Lag (2016. */
export const sweden = {
  name: "sweden",
  country: "SE",
  title: { en: "Sweden: county and municipal numbers", da: "Sverige: länstal og kommuntal" },
  validFrom: "2016-03-01",
  basis: [
    {
      text: "Lag (2016:38) om mottagande av vissa nyanlända invandrare för bosättning; förordning (2016:39)",
      asOf: "2026-11-01",
      kind: "law",
    },
  ],
  fields: {
    population: "residents",
    jobs: "size of the labour market, such as persons employed",
    received: "persons received before, all kinds together",
  },
  openPoints: [
    "the act names labour market, population and earlier reception, not their weights: equal weights and a stock target are a choice",
    "the ordinance is cited from memory",
    "reforms under way were not checked",
  ],
  tiers: [
    {
      mix: [{ field: "population" }, { field: "jobs" }],
      stockTarget: { stock: "received" },
      rescale: "level",
      rounding: "hamilton",
    },
    {
      mix: [{ field: "population" }, { field: "jobs" }],
      stockTarget: { stock: "received" },
      rescale: "level",
      rounding: "hamilton",
    },
  ],
} as const satisfies KeyPreset;
