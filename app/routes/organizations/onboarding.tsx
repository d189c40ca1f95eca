import { href, redirect } from "react-router";
import { whenOutdated } from "#app/frame/outdated.ts";
import { m } from "#app/i18n/messages.ts";
import { OnboardingPage } from "#app/organizations/onboarding-page.tsx";
import { listOrganizations, makeOrganization } from "#app/organizations/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.organizations_onboarding_title()) }];

export const loader = page(listOrganizations, ({ organizations, invitations }) => {
  if (organizations.length > 0) throw redirect(href("/dashboard"));
  return { invitations };
});

export const action = form(makeOrganization, {
  leads: ({ slug }) => href("/organizations/:organization/welcome", { organization: slug }),
});

/** An invitation that ended meanwhile is no longer offered. */
export const shouldRevalidate = whenOutdated;

export default OnboardingPage;
