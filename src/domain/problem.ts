import type { Instance } from "./instance.js";
import type { Policy } from "./policy.js";

/** Facts and policy: everything a plan is made from. Plain, deeply frozen data that survives JSON. */
export interface Problem extends Instance {
  readonly policy: Policy;
}
