import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", kernel: "src/kernel/index.ts" },
  format: ["esm"],
  target: "node20",
  platform: "neutral",
  external: [/^node:/, "highs"],
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  sourcemap: true,
  clean: true,
  treeshake: true,
  splitting: true,
});
