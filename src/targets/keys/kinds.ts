import { austria } from "./austria.js";
import { denmarkIntegration } from "./denmark-integration.js";
import { denmarkUkraine } from "./denmark-ukraine.js";
import { germanyKoenigstein } from "./germany-koenigstein.js";
import { germanyPopulation } from "./germany-population.js";
import { netherlands } from "./netherlands.js";
import { norway } from "./norway.js";
import { sweden } from "./sweden.js";
import { switzerland } from "./switzerland.js";
import { unitedKingdom } from "./united-kingdom.js";

/** Every preset key. A new one is one file and one line here. */
export const KEY_PRESETS = [
  denmarkIntegration,
  denmarkUkraine,
  germanyKoenigstein,
  germanyPopulation,
  netherlands,
  norway,
  sweden,
  unitedKingdom,
  switzerland,
  austria,
] as const;

export type KeyPresetName = (typeof KEY_PRESETS)[number]["name"];
