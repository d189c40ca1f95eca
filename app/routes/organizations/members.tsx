import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { redirect, useLocation } from "react-router";
import { Received } from "#app/frame/cached.tsx";
import { listTitle } from "#app/frame/list-title.ts";
import { m } from "#app/i18n/messages.ts";
import { InvitationList } from "#app/organizations/invitations/invitation-list.tsx";
import { InviteCard } from "#app/organizations/invitations/invite-card.tsx";
import { isSelectingIn, membersHref } from "#app/organizations/members/member-sorts.ts";
import { MembersView } from "#app/organizations/members/members-view.tsx";
import { listMembers } from "#app/organizations/members/operations.server.ts";
import { cacheOf, fromCache } from "#app/query-client.ts";
import { membersQuery } from "#app/query-keys.ts";
import { asSearch } from "#app/query-search.ts";
import { page } from "#app/request/doors.server.ts";
import { useLastPage } from "#app/ui/use-last-page.ts";
import type { Route } from "./+types/members";

export const meta = listTitle(() => m.organizations_place_members());

export const loader = page(listMembers, (found, { input: { organization, page }, search }) => {
  const { pages } = found.members;
  const shown = { ...found.members, isSelecting: isSelectingIn(search) };
  if (page > pages) throw redirect(membersHref(organization, shown, pages));
  return cacheOf(membersQuery(organization, listedBy(search)), found);
});

export function clientLoader({ params: { organization }, request }: Route.ClientLoaderArgs) {
  return fromCache(membersQuery(organization, listedBy(request.url)));
}

export default function MembersRoute({ loaderData: { query }, params: { organization } }: Route.ComponentProps) {
  return (
    <Received query={query}>
      <CachedMembers organization={organization} />
    </Received>
  );
}

function CachedMembers({ organization }: { organization: string }) {
  const client = useQueryClient();
  const { search } = useLocation();
  const { data } = useSuspenseQuery(membersQuery(organization, listedBy(search)));
  const { invitations } = data;
  const members = { ...data.members, isSelecting: isSelectingIn(search) };
  const hrefFor = (page: number) => membersHref(organization, members, page);
  const found = useLastPage(members, hrefFor);
  return (
    <MembersView
      organization={organization}
      found={found}
      hrefFor={hrefFor}
      onIntent={(page) => client.prefetchQuery(membersQuery(organization, listedBy(hrefFor(page))))}
    >
      <InviteCard
        organization={organization}
        viewerRole={members.viewerRole}
        room={{ isFull: members.isFull, pending: invitations.filter(({ isExpired }) => !isExpired).length }}
      />
      <InvitationList organization={organization} viewerRole={members.viewerRole} invitations={invitations} />
    </MembersView>
  );
}

function listedBy(url: string): string {
  const listed = new URLSearchParams(asSearch(url));
  listed.delete("select");
  return listed.size === 0 ? "" : `?${listed}`;
}
