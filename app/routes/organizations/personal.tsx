import { Outlet } from "react-router";
import { z } from "zod";
import { PersonalFrame } from "#app/organizations/personal-frame.tsx";
import { ProblemPage } from "#app/organizations/problem-page.tsx";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { errorTitle } from "#app/ui/error-page.tsx";
import type { Route } from "./+types/personal";

export const meta: Route.MetaFunction = ({ error }) => [{ title: error ? errorTitle(error) : "Tenantry" }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: () => answer(null),
  answer: (_none, { viewer: { name, email } }) => ({ viewer: { name, email } }),
});

export default function PersonalLayout({ loaderData: { viewer } }: Route.ComponentProps) {
  return (
    <PersonalFrame viewer={viewer}>
      <Outlet />
    </PersonalFrame>
  );
}

export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  return (
    <PersonalFrame viewer={loaderData?.viewer ?? null}>
      <ProblemPage error={error} />
    </PersonalFrame>
  );
}
