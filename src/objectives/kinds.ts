import { costMunicipal } from "./cost-municipal.js";
import { evenness } from "./evenness.js";
import { exceptions } from "./exceptions.js";
import { fitOccupancy } from "./fit-occupancy.js";
import { lateness } from "./lateness.js";
import type { Objective } from "./objective.js";
import { placed } from "./placed.js";
import { planStability } from "./plan-stability.js";
import { priority } from "./priority.js";
import { spreadLocal } from "./spread-local.js";
import { spreadNotAlone } from "./spread-not-alone.js";
import { travelServices } from "./travel-services.js";
import { wishMatch } from "./wish-match.js";

/** Every objective, in the order the policy's default uses them. A new objective is one new file and one line here. */
export const OBJECTIVES: readonly Objective[] = [
  placed,
  priority,
  exceptions,
  lateness,
  evenness,
  spreadLocal,
  spreadNotAlone,
  travelServices,
  fitOccupancy,
  wishMatch,
  costMunicipal,
  planStability,
];
