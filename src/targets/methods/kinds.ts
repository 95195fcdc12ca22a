import { adams } from "./adams.js";
import { dean } from "./dean.js";
import { hamilton } from "./hamilton.js";
import { huntingtonHill } from "./huntington-hill.js";
import { jefferson } from "./jefferson.js";
import { quota } from "./quota.js";
import { webster } from "./webster.js";

/** Every method of apportionment. A new one is one file and one line here. */
export const METHODS = [webster, jefferson, adams, huntingtonHill, hamilton, dean, quota] as const;

export type MethodName = (typeof METHODS)[number]["name"];
