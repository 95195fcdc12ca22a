import { nyborg } from "./nyborg.js";
import { plain } from "./plain.js";
import type { Preset } from "./preset.js";

/** Every preset. A new one is one new file and one line here. */
export const PRESETS: readonly Preset[] = [nyborg, plain];

/** What a problem without a policy, or a policy without a preset, is filled from. */
export const DEFAULT_PRESET: Preset = nyborg;
