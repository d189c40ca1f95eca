import { search } from "#app/palette/palette.server.ts";
import { PaletteQuery } from "#app/palette/schemas.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: PaletteQuery,
  authenticate: "session",
  authorize: "self",
  execute: (scope, { query }) => search(scope, query),
  answer: (found) => Response.json(found),
});
