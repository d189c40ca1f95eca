import { z } from "zod";
import { nameOf } from "#app/text/names.ts";
import { QUERY_MAXIMUM } from "./limits.ts";

export const PaletteQuery = z.object({
  query: z.string().transform(nameOf).pipe(z.string().max(QUERY_MAXIMUM)).default(""),
});
