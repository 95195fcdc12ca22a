import * as z from "zod";
import { type Kinds, kindsOf } from "../../../src/problem/kinds-known.js";

const objective = (id: string, tier: string, schema: z.ZodType = z.strictObject({})) => ({ id, tier, schema });

/** Rules and objectives that only have what a policy needs, so that reading problems is tested apart from housing rules. */
export const fakeKinds: Kinds = kindsOf(
  [
    {
      id: "unit.roomStandard",
      aliases: ["roomStandard"],
      absolute: false,
      legalBasis: [],
      schema: z
        .union([
          z.enum(["dk"]),
          z.strictObject({
            standard: z.enum(["dk", "custom"]).default("dk"),
            personsPerRoom: z.number().positive().max(20).default(2),
          }),
        ])
        .transform((given) => (given === "dk" ? { standard: "dk", personsPerRoom: 2 } : given)),
    },
    {
      id: "area.forbidden",
      aliases: ["forbiddenAreas"],
      absolute: true,
      legalBasis: [{ text: "Integrationsloven § 12(2)", asOf: "2026-11-01", kind: "law" }],
      schema: z.strictObject({}),
    },
    {
      id: "unit.window",
      aliases: ["window"],
      absolute: false,
      legalBasis: [],
      schema: z.strictObject({ minStayDays: z.number().int().min(0).max(3_650).default(30) }),
    },
  ],
  [
    objective("placed", "placed"),
    objective("exceptions", "exceptions"),
    objective("lateness", "lateness"),
    objective("spread.even", "evenness"),
    objective("travel.services", "travel", z.strictObject({ perKm: z.number().min(0).max(10).default(1) })),
    objective("fit.occupancy", "fit"),
    objective("cost.municipal", "cost"),
    objective("plan.stability", "stability"),
  ],
);
