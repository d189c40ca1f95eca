/** What scrypt takes for a hash: `ln` is its rounds as a power of two, `r` its block, `p` how often. */
export type HashCost = { ln: number; r: number; p: number };

/** OWASP's setting for 16 MB (Password Storage Cheat Sheet, "scrypt"). Tests that are about other things replace it. */
export const PASSWORD_COST: HashCost = { ln: 14, r: 8, p: 5 };
