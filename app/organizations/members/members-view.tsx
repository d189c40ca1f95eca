import { type ReactNode, useState } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Card, CardHeader } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { late } from "#app/ui/line/late.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { MemberList } from "./member-list.tsx";
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
  const { page, pages, total, hasMore, search } = found;
  const [leaving, setLeaving] = useState<Member | null>(null);
  const isSearch = search !== "";
  const foundWords = hasMore ? m.members_found_more : m.members_found;
  return (
    <>
      <PageHeader title={m.organizations_place_members()} />
      <div className="grid gap-5">
        {children}
        <Card className="overflow-hidden">
          <CardHeader
            title={isSearch ? foundWords({ count: total }) : m.members_count({ count: total })}
            actions={<SearchForm organization={organization} search={search} />}
          />
          <div className="mt-4 border-t">
            {total === 0 ? (
              <div className="p-5">
                <EmptyState
                  icon="users-round"
                  title={m.members_none_title()}
                  description={m.members_none_description({ search })}
                  action={
                    <LinkButton to={href("/organizations/:organization/members", { organization })} variant="secondary">
                      {m.members_show_all()}
                    </LinkButton>
                  }
                />
              </div>
            ) : (
              <MemberList organization={organization} found={found} onRemove={setLeaving} />
            )}
          </div>
        </Card>
      </div>
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={hrefFor} onIntent={onIntent} />
      </div>
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

function SearchForm({ organization, search }: { organization: string; search: string }) {
  return (
    <Form
      role="search"
      action={href("/organizations/:organization/members", { organization })}
      className="flex min-w-0 items-center gap-2 max-sm:w-full"
    >
      <div className="relative min-w-0 flex-1 sm:w-60">
        <Icon name="search" className="pointer-events-none absolute inset-y-0 start-3 my-auto text-muted" />
        <input
          key={search}
          type="search"
          name="search"
          defaultValue={search}
          aria-label={m.members_search_label()}
          placeholder={m.members_search_label()}
          className="h-8 w-full rounded-md border border-border-strong bg-surface ps-9 pe-3 text-sm placeholder:text-muted"
        />
      </div>
      <Button variant="secondary" size="small">
        {m.members_search()}
      </Button>
    </Form>
  );
}
