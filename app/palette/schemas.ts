import { z } from "zod";
import { nameOf } from "#app/text/names.ts";

export const PaletteQuery = z.object({
  query: z.string().transform(nameOf).default(""),
});
