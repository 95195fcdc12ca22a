/** The kernel: an optimiser for assignment with convex rows and ordered tiers, without a word of housing. */
export type * from "../kernel/model.js";
export { optimize } from "./optimize.js";
