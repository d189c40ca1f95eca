/** The parameters of scrypt: the cost N is 2 to the power of `ln`, `r` is the block size and `p` the parallelism. */
export type HashCost = { ln: number; r: number; p: number };

/** OWASP's setting for 16 MB (Password Storage Cheat Sheet, "scrypt"). Tests of other things use a cheaper one. */
export const PASSWORD_COST: HashCost = { ln: 14, r: 8, p: 5 };
