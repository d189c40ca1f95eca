import { PRODUCT_NAME } from "#app/product.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { Outlet } from "react-router";
import { framePerson } from "#app/frame/operations.server.ts";
import { PersonalFrame } from "#app/frame/personal-frame.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { ProblemPage } from "#app/organizations/problem-page.tsx";
import { cacheOf } from "#app/query-client.ts";
import { bellQuery } from "#app/query-keys.ts";
import { page } from "#app/request/doors.server.ts";
import { errorTitle } from "#app/ui/error-page.tsx";
import type { Route } from "./+types/personal";

export const handle: SpeaksOf = ["signed-in"];

export const meta: Route.MetaFunction = ({ error }) => [{ title: error ? errorTitle(error) : PRODUCT_NAME }];

export const loader = page(framePerson, ({ bell, ...frame }) => ({ ...frame, ...cacheOf(bellQuery(), bell) }));

export default function PersonalLayout({ loaderData }: Route.ComponentProps) {
  return (
    <PersonalFrame frame={loaderData}>
      <Outlet />
    </PersonalFrame>
  );
}

export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  return (
    <PersonalFrame frame={loaderData ?? null}>
      <ProblemPage error={error} />
    </PersonalFrame>
  );
}
