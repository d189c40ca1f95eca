import { imageFigures } from "#app/gallery/figures.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { memberFigures } from "#app/organizations/figures.server.ts";

/** What the dashboard shows of the domains, a row of figures each: `shown.tsx` has what is seen of them. */
const shown = [memberFigures, imageFigures] as const;

type RowOf<F> = F extends (scope: never) => PromiseLike<(infer Row)[]> ? Row : never;
type All<Row> = (Row extends unknown ? (row: Row) => void : never) extends (row: infer Rows) => void ? Rows : never;

export type Figures = All<RowOf<(typeof shown)[number]>>;

export function figuresOf(scope: Scope<"dashboard:read">) {
  return Object.fromEntries(shown.map((figures, index) => [`figures${index}`, figures(scope)]));
}

export function inOne(rows: Record<string, object[]>): Figures {
  return Object.assign({}, ...Object.values(rows).flat());
}
