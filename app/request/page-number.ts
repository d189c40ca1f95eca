import { z } from "zod";

/** Of a list in pages, from 1. One that is too far is answered by the last page; one that is no number is refused. */
export const PageNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .default("1")
  .transform(Number);
