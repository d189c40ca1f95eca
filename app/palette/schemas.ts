import { z } from "zod";
import { oneLine } from "#app/request/one-line.ts";
import { QUERY_MAXIMUM } from "./limits.ts";

export const PaletteQuery = z.object({
  query: z.string().transform(oneLine).pipe(z.string().max(QUERY_MAXIMUM)).default(""),
});
