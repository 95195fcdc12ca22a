import type { Issue } from "../base/errors.js";

/** An issue about figures handed to this folder: no subject but the path, for callers pass plain numbers. */
export const faultAt = (
  code: string,
  path: string,
  expected: string,
  received: string,
  message: string,
  hint: string | null = null,
): Issue => ({ code, path, subject: null, expected, received, message, hint });
