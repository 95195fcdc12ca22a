import { InternalError } from "../../base/errors.js";
import type { SharesKey } from "../../domain/policy.js";
import { keyOf } from "./key.js";
import { KEY_PRESETS } from "./kinds.js";

/**
 * What makes shares in the preset of a name: its finest tier's mix and compensation. Offsets, caps, lots and agreed figures divide a
 * total between authorities; inside one, its quotas and what it has settled take their place.
 *
 * @throws InternalError `key.unknown-preset`: reading a problem has refused such a name.
 */
export const sharesKeyOf = (name: string): SharesKey => {
  const tier = KEY_PRESETS.find((preset) => preset.name === name)?.tiers.at(-1);
  if (tier === undefined) throw new InternalError("key.unknown-preset", `there is no key ${name}`);
  const { mix, compensate } = keyOf(tier);
  return { mix, compensate };
};
