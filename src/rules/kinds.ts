import { affordabilityMax } from "./affordability-max.js";
import { areaForbidden } from "./area-forbidden.js";
import { areaRestricted } from "./area-restricted.js";
import { forbid } from "./forbid.js";
import { householdIndivisible } from "./household-indivisible.js";
import { linksApart, linksTogether } from "./links.js";
import { needAccessibility } from "./need-accessibility.js";
import { needNear } from "./need-near.js";
import { pin } from "./pin.js";
import { quota } from "./quota.js";
import type { Rule } from "./rule.js";
import { spreadLocal } from "./spread-local.js";
import { unitCapacity } from "./unit-capacity.js";
import { unitRoomStandard } from "./unit-room-standard.js";
import { unitWindow } from "./unit-window.js";

/** Every hard rule, in the order in which reasons are given. A new rule is one new file and one line here. */
export const RULES: readonly Rule[] = [
  householdIndivisible,
  areaForbidden,
  areaRestricted,
  unitCapacity,
  unitRoomStandard,
  needAccessibility,
  needNear,
  affordabilityMax,
  unitWindow,
  forbid,
  linksTogether,
  linksApart,
  quota,
  spreadLocal,
  pin,
];
