import { z } from "zod";

/** From 1, which is also what is meant when nothing is said; nine digits at most, as offsets are counted in safe integers. */
export const PageNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .default("1")
  .transform(Number);
