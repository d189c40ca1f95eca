import { isRouteErrorResponse } from "react-router";
import { currentTag } from "#app/i18n/format.ts";
import { roleName } from "#app/i18n/role-names.ts";
import type { Problem } from "#app/request/answers.server.ts";
import { ErrorPage } from "#app/ui/error-page.tsx";
import type { Role } from "./permissions.ts";

/** What a page shows in its frame when a loader or an action has thrown; a 403 says which roles may. */
export function ProblemPage({ error, home = "/" }: { error: unknown; home?: string }) {
  if (!isRouteErrorResponse(error)) return <ErrorPage status={500} problem={null} home={home} />;
  const problem: Problem | null = error.data;
  const allowed = problem?.error === "forbidden" ? { allowed: listed(problem.roles) } : {};
  return <ErrorPage status={error.status} problem={problem} home={home} {...allowed} />;
}

function listed(roles: readonly Role[]): string {
  return new Intl.ListFormat(currentTag(), { type: "disjunction" }).format(roles.map(roleName));
}
