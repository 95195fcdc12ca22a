import { describe, expect, it } from "vitest";
import * as z from "zod";
import { jsonSchemaFor, problemJsonSchema } from "../../../src/problem/json-schema.js";
import { parseProblem } from "../../../src/problem/parse-problem.js";
import { FIELD_WORDS } from "../../../src/problem/schema-words.js";
import { designExample, withValue } from "./design-example.js";
import { fakeKinds } from "./fake-kinds.js";

type Schema = Parameters<typeof z.fromJSONSchema>[0];

const accepts = (input: unknown): boolean => z.fromJSONSchema(problemJsonSchema() as Schema).safeParse(input).success;

describe("problemJsonSchema", () => {
  it("accepts the design's example and what parseProblem makes of it", () => {
    expect(accepts(designExample())).toBe(true);
    expect(accepts(JSON.parse(JSON.stringify(parseProblem(designExample()))))).toBe(true);
  });

  it.each([
    ["an unknown key", ["dwellings", 0, "romms"], 3],
    ["a text for a number", ["dwellings", 0, "rooms"], "3"],
    ["a missing key", ["asOf"], undefined],
    ["an unknown tier", ["policy", "tiers"], ["eveness"]],
    ["an unknown rule", ["policy", "rules"], { roomStandrd: "dk" }],
    ["an unknown method", ["policy", "evenness", "method"], "websterr"],
  ] as const)("refuses %s", (_what, path, value) => {
    const input: unknown = JSON.parse(JSON.stringify(withValue(designExample(), path, value)));
    expect(accepts(input)).toBe(false);
  });

  it("is plain JSON and the same at every call", () => {
    const text = JSON.stringify(problemJsonSchema());
    expect(JSON.stringify(problemJsonSchema())).toBe(text);
    expect(JSON.parse(text)).toEqual(problemJsonSchema());
    expect(text).not.toContain("readOnly");
  });

  it("finds a field for every title, and gives dates their form", () => {
    const schema = jsonSchemaFor(fakeKinds);
    const titles = JSON.stringify(schema).match(/"title":"[^"]+"/g) ?? [];
    for (const { title } of Object.values(FIELD_WORDS))
      expect(titles).toContain(JSON.stringify({ title }).slice(1, -1));
    expect(schema.properties).toHaveProperty(["asOf", "format"], "date");
  });
});
