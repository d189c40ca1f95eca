import { read } from "#app/operation/operation.server.ts";
import { search } from "./palette.server.ts";
import { PaletteQuery } from "./schemas.ts";

export const searchEverything = read({
  validate: PaletteQuery,
  authenticate: "session",
  authorize: "self",
  execute: search,
});
