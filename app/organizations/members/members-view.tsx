import "#app/ui/offline-links.ts";
import { type ReactNode, useState } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { Card, CardHeader } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { late } from "#app/ui/line/late.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { MemberFilter } from "./member-filter.tsx";
import { MemberList } from "./member-list.tsx";
import { MemberSelection } from "./member-selection.tsx";
import { membersHref } from "./member-sorts.ts";
import type { Member, MembersPage } from "./members.server.ts";

const ConfirmDialog = late(() => import("#app/ui/confirm-dialog.tsx"));

type MembersViewProps = {
  organization: string;
  found: MembersPage;
  hrefFor: (page: number) => string;
  onIntent: (page: number) => void;
  children: ReactNode;
};

export function MembersView({ organization, found, hrefFor, onIntent, children }: MembersViewProps) {
  const { page, pages, total, hasMore, search, role, isSelecting = false } = found;
  const [leaving, setLeaving] = useState<Member | null>(null);
  const isFiltered = search !== "" || role !== undefined;
  const foundWords = hasMore ? m.members_found_more : m.members_found;
  const list = (
    <Card className="member-card overflow-hidden">
      <CardHeader
        title={
          <span aria-live="polite">
            {isFiltered ? foundWords({ count: total }) : m.members_count({ count: total })}
          </span>
        }
        actions={<MemberFilter {...{ organization, found }} />}
      />
      <div className="mt-4 border-t">
        {total === 0 ? (
          <div className="p-4 sm:p-5">
            <EmptyState
              icon="search"
              title={m.members_none_title()}
              description={role === undefined ? m.members_none_description({ search }) : m.members_none_filtered()}
              action={
                <LinkButton to={href("/organizations/:organization/members", { organization })} variant="secondary">
                  {m.common_filter_clear()}
                </LinkButton>
              }
            />
          </div>
        ) : (
          <MemberList organization={organization} found={found} onRemove={setLeaving} />
        )}
      </div>
    </Card>
  );
  return (
    <>
      <PageHeader
        title={m.organizations_place_members()}
        actions={
          <>
            {(total > 0 || isSelecting) && (
              <LinkButton
                to={membersHref(organization, { ...found, isSelecting: !isSelecting }, page)}
                variant="secondary"
              >
                {isSelecting ? m.common_cancel() : m.members_select_members()}
              </LinkButton>
            )}
            <ExportLink {...{ organization, found }} />
          </>
        }
      />
      {isSelecting && total > 0 ? (
        <MemberSelection {...{ organization, found }}>{list}</MemberSelection>
      ) : (
        <div className="grid gap-5">
          {children}
          {list}
        </div>
      )}
      <Pagination page={page} pages={pages} hrefFor={hrefFor} onIntent={onIntent} />
      {leaving !== null && (
        <ConfirmDialog
          title={m.members_remove_title()}
          question={m.members_remove_question({ name: leaving.name })}
          action={href("/organizations/:organization/members/:member/remove", { organization, member: leaving.id })}
          confirm={m.members_remove_confirm()}
          onClose={() => setLeaving(null)}
          onLost={() => setLeaving(null)}
        />
      )}
    </>
  );
}

/** Exports the role that is shown. Hidden during a search, which finds only the newest members, while a file has all. */
function ExportLink({ organization, found: { search, role } }: { organization: string; found: MembersPage }) {
  if (search !== "") return null;
  const file = href("/organizations/:organization/members/export", { organization });
  return (
    // A plain link, because the router would treat the file as a page. With `download`, a browser would save a refusal as a file.
    <a href={role === undefined ? file : `${file}?role=${role}`} className={buttonClasses({ variant: "secondary" })}>
      <Icon name="download" />
      {m.members_export()}
    </a>
  );
}
