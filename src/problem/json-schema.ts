import * as z from "zod";
import { instanceShape } from "../domain/instance.js";
import { ALL_KINDS } from "./all-kinds.js";
import type { Kinds } from "./kinds-known.js";
import { policySchemaFor } from "./policy-schema.js";
import { PRESETS } from "./presets/kinds.js";
import { FIELD_WORDS } from "./schema-words.js";

type JsonObject = { [key: string]: unknown };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The schema of a field, read through lists: `households.members.age`. */
const fieldAt = (schema: JsonObject, path: string): JsonObject | null => {
  let at: unknown = schema;
  for (const step of path.split(".")) {
    while (isObject(at) && isObject(at.items) && !isObject(at.properties)) at = at.items;
    const next: unknown = isObject(at) && isObject(at.properties) ? at.properties[step] : undefined;
    at = next;
  }
  return isObject(at) ? at : null;
};

/** The schema for given kinds of rules and objectives. */
export const jsonSchemaFor = (kinds: Kinds): JsonObject => {
  const whole = z.strictObject({ ...instanceShape, policy: policySchemaFor(kinds, PRESETS).optional() });
  const schema: JsonObject = z.toJSONSchema(whole, {
    io: "input",
    target: "draft-2020-12",
    unrepresentable: "any",
    // Readonly is a matter of our types; editors would grey the field out.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  });
  for (const [path, words] of Object.entries(FIELD_WORDS)) Object.assign(fieldAt(schema, path) ?? {}, words);
  for (const [name, titles] of [
    ["rules", kinds.rules.flatMap(({ id, aliases }) => [id, ...aliases].map((key) => [key, `Rule ${id}`]))],
    ["objectives", kinds.objectives.flatMap(({ id, tier }) => [id, tier].map((key) => [key, `Objective ${id}`]))],
  ] as const) {
    for (const [key, title] of titles) {
      const properties = fieldAt(schema, `policy.${name}`)?.properties;
      const field = isObject(properties) && key !== undefined ? properties[key] : undefined;
      if (isObject(field)) field.title = title;
    }
  }
  return {
    $schema: schema.$schema,
    $id: "evenstead/problem@1",
    title: "Evenstead problem",
    description:
      "Households to be housed, the dwellings of a municipality and its districts, and the policy to house them by.",
    ...schema,
  };
};

/**
 * JSON Schema (draft 2020-12) of the problem, for editors and other languages: what `parseProblem` takes, defaults left out.
 *
 * Edge: references between lists, forbidden keys and contradictions are beyond JSON Schema; `parseProblem` checks them.
 */
export const problemJsonSchema = (): object => jsonSchemaFor(ALL_KINDS);
