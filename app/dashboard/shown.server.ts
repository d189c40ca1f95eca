import { organization } from "#app/db/schema/organizations.ts";
import { imageFigures } from "#app/gallery/figures.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { memberFigures } from "#app/organizations/figures.server.ts";
import { COMPARED_DAYS } from "./limits.ts";

/** The domains' figures on the dashboard, as columns of the organization's row. `shown.tsx` renders them. */
const shown = [memberFigures, imageFigures] as const;

type All<Each> = (Each extends unknown ? (each: Each) => void : never) extends (each: infer Every) => void
  ? Every
  : never;
type Columns = All<ReturnType<(typeof shown)[number]>>;

export function figuresOf(
  scope: Scope<"dashboard:read">,
  domains: readonly ((scope: Scope<"dashboard:read">, days: number) => object)[] = shown,
) {
  const all = domains.map((figures) => figures(scope, COMPARED_DAYS));
  const columns: Columns = Object.assign({}, ...all);
  const names = all.flatMap((figures) => Object.keys(figures));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`Two domains have a figure “${twice}”. Give one of them another name.`);
  return scope.select(columns).from(organization);
}

export type Figures = Awaited<ReturnType<typeof figuresOf>>[number];
