import { organization } from "#app/db/schema/organizations.ts";
import { imageFigures } from "#app/gallery/figures.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { memberFigures } from "#app/organizations/figures.server.ts";

/** What the dashboard shows of the domains, columns of the organization's row: `shown.tsx` has what is seen of them. */
export function figuresOf(scope: Scope<"dashboard:read">) {
  return scope.select({ ...memberFigures(scope), ...imageFigures(scope) }).from(organization);
}

export type Figures = Awaited<ReturnType<typeof figuresOf>>[number];
