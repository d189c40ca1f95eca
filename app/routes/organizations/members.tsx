import { HydrationBoundary, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InvitationList } from "#app/organizations/invitations/invitation-list.tsx";
import { openInvitations } from "#app/organizations/invitations/invitations.server.ts";
import { InviteCard } from "#app/organizations/invitations/invite-card.tsx";
import { membersPage } from "#app/organizations/members/members.server.ts";
import { MembersView } from "#app/organizations/members/members-view.tsx";
import { MembersPage } from "#app/organizations/members/schemas.ts";
import { filled, fromCache } from "#app/query-client.ts";
import { membersQuery } from "#app/query-keys.ts";
import { together } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/members";
import { useLastPage } from "./use-last-page.ts";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.organizations_place_members(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = read({
  validate: MembersPage,
  authenticate: "session",
  authorize: "member:read",
  execute: (scope, asked) => together({ members: membersPage(scope, asked), invitations: openInvitations(scope) }),
  answer: (found, _grant, { organization, page, search }) => {
    if (page > found.members.pages) throw redirect(pageHref(organization, { page: found.members.pages, search }));
    return { page, search, ...filled(membersQuery(organization, { page, search }), found) };
  },
});

export async function clientLoader({ params: { organization }, request }: Route.ClientLoaderArgs) {
  const { searchParams } = new URL(request.url);
  const asked = { page: Number(searchParams.get("page") ?? 1), search: searchParams.get("search") ?? "" };
  return { ...asked, ...(await fromCache(membersQuery(organization, asked), request)) };
}

export default function MembersRoute({
  loaderData: { page, search, queries },
  params: { organization },
}: Route.ComponentProps) {
  return (
    <HydrationBoundary state={queries}>
      <CachedMembers organization={organization} page={page} search={search} />
    </HydrationBoundary>
  );
}

function CachedMembers({ organization, page, search }: { organization: string; page: number; search: string }) {
  const client = useQueryClient();
  const { data } = useSuspenseQuery(membersQuery(organization, { page, search }));
  const { members, invitations } = data;
  const hrefFor = (other: number) => pageHref(organization, { page: other, search });
  useLastPage({ page, pages: members.pages, hrefFor });
  return (
    <MembersView
      organization={organization}
      found={members}
      hrefFor={hrefFor}
      onIntent={(other) => client.prefetchQuery(membersQuery(organization, { page: other, search }))}
    >
      <InviteCard organization={organization} viewerRole={members.viewerRole} />
      <InvitationList organization={organization} viewerRole={members.viewerRole} invitations={invitations} />
    </MembersView>
  );
}

function pageHref(organization: string, { page, search }: { page: number; search: string }): string {
  const asked = new URLSearchParams({
    ...(search !== "" && { search }),
    ...(page !== 1 && { page: String(page) }),
  });
  const members = href("/organizations/:organization/members", { organization });
  return asked.size === 0 ? members : `${members}?${asked}`;
}
