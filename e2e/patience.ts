/**
 * How long a browser test waits for one thing to happen. Thirty times what the slowest step takes on a quiet machine, so that a
 * slow or busy one passes; a test that is stuck still ends.
 */
export const STEP_LIMIT_MS = 60_000;

/** A whole test, which has many steps. */
export const TEST_LIMIT_MS = 10 * STEP_LIMIT_MS;
