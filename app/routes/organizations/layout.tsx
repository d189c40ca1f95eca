import { PRODUCT_NAME } from "#app/product.ts";
import "#app/i18n/messages-of/signed-in.ts";
import { href, Outlet, type ShouldRevalidateFunctionArgs } from "react-router";
import { frameOrganization } from "#app/frame/operations.server.ts";
import { OrganizationFrame } from "#app/frame/organization-frame.tsx";
import { PersonalFrame } from "#app/frame/personal-frame.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { ProblemPage } from "#app/organizations/problem-page.tsx";
import { cacheOf } from "#app/query-client.ts";
import { bellQuery } from "#app/query-keys.ts";
import { page } from "#app/request/doors.server.ts";
import { errorTitle } from "#app/ui/error-page.tsx";
import type { Route } from "./+types/layout";

export const handle: SpeaksOf = ["signed-in"];

export const meta: Route.MetaFunction = ({ error }) => [{ title: error ? errorTitle(error) : PRODUCT_NAME }];

export const loader = page(frameOrganization, ({ bell, ...frame }) => ({ ...frame, ...cacheOf(bellQuery(), bell) }));

export function shouldRevalidate({
  currentParams,
  nextParams,
  currentUrl,
  nextUrl,
  formMethod,
}: ShouldRevalidateFunctionArgs) {
  if (currentParams.organization !== nextParams.organization) return true;
  const isWrite = formMethod !== undefined && formMethod !== "GET";
  return isWrite || currentUrl.href === nextUrl.href;
}

export default function OrganizationLayout({ loaderData }: Route.ComponentProps) {
  return (
    <OrganizationFrame frame={loaderData}>
      <Outlet />
    </OrganizationFrame>
  );
}

/** Also for the pages below: their problems show inside the frame, which has data of its own when only the page failed. */
export function ErrorBoundary({ error, params, loaderData }: Route.ErrorBoundaryProps) {
  if (loaderData === undefined) {
    return (
      <PersonalFrame frame={null}>
        <ProblemPage error={error} />
      </PersonalFrame>
    );
  }
  return (
    <OrganizationFrame frame={loaderData}>
      <ProblemPage
        error={error}
        home={href("/organizations/:organization/dashboard", params)}
        owners={loaderData.owners}
      />
    </OrganizationFrame>
  );
}
