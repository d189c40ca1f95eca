import { z } from "zod";

/** Counts from 1, which is also the default. Nine digits at most, so that offsets stay safe integers. */
export const PageNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .default("1")
  .transform(Number);
