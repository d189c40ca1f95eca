import { z } from "zod";

export const PageNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .default("1")
  .transform(Number);
