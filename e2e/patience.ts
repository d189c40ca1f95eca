/**
 * How long a browser test waits for one thing to happen: thirty times what the slowest step takes on a quiet machine, so that
 * the test passes on a slow or busy one. A test that is stuck still ends.
 */
export const STEP_LIMIT_MS = 60_000;

/** The limit of a whole test, which has many steps. */
export const TEST_LIMIT_MS = 10 * STEP_LIMIT_MS;
