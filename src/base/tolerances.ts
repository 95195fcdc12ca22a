/** Relative slack when two ways of adding up the same doubles are compared. Whole numbers are compared exactly. */
export const NUMERIC_SLACK = 1e-9;
