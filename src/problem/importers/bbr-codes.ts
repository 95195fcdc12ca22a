/**
 * Uses of a unit (enh020) that are homes all the year round.
 *
 * Source: BBR's code list "Enhedens anvendelse", read 2026-11-01.
 */
export const HOMES: Readonly<Record<string, string>> = {
  "110": "farmhouse",
  "120": "detached house",
  "121": "attached house",
  "122": "attached house",
  "130": "terraced house (code no longer used)",
  "131": "terraced house",
  "132": "semi-detached house",
  "140": "flat",
  "150": "hall of residence",
  "160": "residential institution",
  "185": "annexe",
  "190": "other home",
};

/** Life cycle of a unit: gone, or never was. */
export const GONE: Readonly<Record<string, string>> = {
  "10": "deleted",
  "11": "registered by mistake",
  "14": "dropped",
};

/** Kinds of home (enh023). */
export const HOME_KINDS: Readonly<Record<string, string>> = {
  "1": "home with its own kitchen",
  "2": "mixed use with its own kitchen",
  "3": "single room",
  "4": "shared home",
  "5": "holiday home",
  E: "other",
};
