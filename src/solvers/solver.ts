import type { KernelModel, KernelOptions, KernelResult } from "../kernel/model.js";

/** The seam between the domain and whatever optimises: all solvers give the same tier values, and none is trusted. */
export interface Solver {
  readonly name: string;
  readonly solve: (model: KernelModel, limits?: KernelOptions) => Promise<KernelResult>;
}
