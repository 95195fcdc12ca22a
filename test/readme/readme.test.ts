import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { OBJECTIVES } from "../../src/objectives/kinds.js";
import { RULES } from "../../src/rules/kinds.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const README = readFileSync(`${ROOT}README.md`, "utf8");
const MANIFEST: unknown = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));

const between = (start: string, end: string): string => {
  const from = README.indexOf(start);
  const to = README.indexOf(end, from + start.length);
  if (from < 0 || to < 0) throw new Error(`the README has no part from ${start} to ${end}`);
  return README.slice(from + start.length, to).trim();
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

describe("the README", () => {
  it("shows code that prints what it says it prints", () => {
    const code = between("<!-- run -->\n```ts", "```").replace('"evenstead"', '"./src/index.js"');
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout.trim()).toBe(between("It prints:\n\n```text", "```"));
  });

  it("lists every rule", () => {
    const rows = RULES.map(({ id, title, legalBasis }) => [`\`${id}\``, title.en, legalBasis[0]?.text ?? ""]);
    expect(between("<!-- rules -->", "<!-- /rules -->")).toBe(table(["rule", "what it is", "basis"], rows));
  });

  it("lists every aim", () => {
    const rows = OBJECTIVES.map(({ tier, id, title, unit, sense }) => [
      `\`${tier}\``,
      title.en,
      `\`${id}\``,
      `${unit}, ${sense === "min" ? "least" : "most"}`,
    ]);
    expect(between("<!-- objectives -->", "<!-- /objectives -->")).toBe(
      table(["tier", "what it is", "objective", "counted in"], rows),
    );
  });

  it("gives the reason of every runtime dependency, and of no other", () => {
    const { dependencies = {}, peerDependencies = {} } = MANIFEST as {
      readonly dependencies?: Readonly<Record<string, string>>;
      readonly peerDependencies?: Readonly<Record<string, string>>;
    };
    const told = between("| package | for |\n|---|---|", "\n\n")
      .split("\n")
      .flatMap((row) => (row.split("|")[1] ?? "").replace(/\(.*\)/, "").split(","))
      .map((name) => name.trim());
    expect([...told].sort()).toEqual([...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort());
  });
});
