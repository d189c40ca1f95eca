import { href } from "react-router";
import { formatDate, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { INVITE_LINKS_MAXIMUM } from "../limits.ts";
import { memberPlace } from "../members/member-place.ts";
import type { InviteLink } from "./invite-links.server.ts";

type InviteLinksPageProps = { params: { organization: string }; loaderData: { links: readonly InviteLink[] } };

export function InviteLinksPage({ params: { organization }, loaderData: { links } }: InviteLinksPageProps) {
  const inList = usePlaceIn(memberPlace);
  const create = (
    <LinkButton to={href("/organizations/:organization/invite-links/new", { organization }) + inList}>
      {m.links_create()}
    </LinkButton>
  );
  const isFull = links.length >= INVITE_LINKS_MAXIMUM;
  return (
    <>
      <BackLink
        to={href("/organizations/:organization/members", { organization }) + inList}
        label={m.organizations_place_members()}
      />
      <PageHeader
        title={m.links_title()}
        description={m.links_description()}
        actions={links.length > 0 && !isFull ? create : undefined}
      />
      {isFull && (
        <div className="mb-5">
          <Notice>{m.links_full({ maximum: formatNumber(INVITE_LINKS_MAXIMUM) })}</Notice>
        </div>
      )}
      {links.length === 0 ? (
        <EmptyState
          icon="user-plus"
          title={m.links_none_title()}
          description={m.links_none_description()}
          action={create}
        />
      ) : (
        <Card>
          <ul className="divide-y">
            {links.map((link) => (
              <OpenLink key={link.id} {...{ organization, link, inList }} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

type OpenLinkProps = { organization: string; link: InviteLink; inList: string };

function OpenLink({ organization, link, inList }: OpenLinkProps) {
  const { id, prefix, domain, uses, maximumUses, expiresAt, makerName, isHeld } = link;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 text-sm sm:px-5">
      <div className="grid min-w-0 flex-1 basis-48 gap-1">
        <code dir="ltr" className="w-fit font-medium font-mono">
          {prefix}…
        </code>
        <p className="text-muted">
          {m.links_used({ uses: formatNumber(uses), maximum: formatNumber(maximumUses) })}
          {" · "}
          {m.keys_expires({ date: formatDate(expiresAt) })}
        </p>
        {domain !== null && <p className="text-muted">{m.links_only_domain({ domain: shownAddress(`@${domain}`) })}</p>}
        <p className="text-muted text-xs">
          {makerName === null ? m.keys_made_by_former() : m.keys_made_by({ name: makerName })}
        </p>
        {isHeld || <p className="text-warning">{m.links_not_held()}</p>}
      </div>
      <LinkButton
        to={href("/organizations/:organization/invite-links/:link/revoke", { organization, link: id }) + inList}
        variant="secondary"
        size="small"
        aria-label={m.links_revoke_one({ name: prefix })}
      >
        {asksFirst(m.links_revoke())}
      </LinkButton>
    </li>
  );
}
