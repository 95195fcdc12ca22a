import { distance } from "@turf/distance";
import type { Position } from "../domain/primitives.js";

/**
 * Great-circle distance (haversine, by turf). Unit: whole metres, since trigonometric functions may differ in their last
 * digits between platforms and a plan must not.
 */
export const metresBetween = (from: Position, to: Position): number =>
  Math.round(distance([from[0], from[1]], [to[0], to[1]], { units: "meters" }));
