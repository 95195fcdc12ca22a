import { exhaustive } from "./exhaustive.js";
import type { Solver } from "./solver.js";

export const kernel = (): Solver => exhaustive();
