import type { ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { can } from "#app/tenancy/permissions.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Selection } from "#app/ui/selection.tsx";
import { shownFields } from "./member-sorts.ts";
import type { MembersPage } from "./members.server.ts";
import { roleCommand } from "./role-commands.ts";

type MemberSelectionProps = { organization: string; found: MembersPage; children: ReactNode };

export function MemberSelection({ organization, found, children }: MemberSelectionProps) {
  const words = {
    selected: (count: string) => m.members_selected({ count }),
    all: m.members_select_all(),
    none: m.members_select_none(),
  };
  return (
    <Selection
      action={href("/organizations/:organization/members/roles", { organization })}
      words={words}
      list={found.members}
      look="flex"
      fields={shownFields(found, found.page)}
      buttons={
        <>
          <Button name="to" value="admin" variant="secondary" size="small">
            <Icon name="shield-check" />
            {roleCommand("admin")}
          </Button>
          <Button name="to" value="member" variant="secondary" size="small">
            <Icon name="user-round" />
            {roleCommand("member")}
          </Button>
          {can(found.viewerRole, "member:delete") && (
            <Button
              variant="secondary"
              size="small"
              formMethod="get"
              formAction={href("/organizations/:organization/members/remove", { organization })}
            >
              <Icon name="user-x" />
              {asksFirst(m.members_remove())}
            </Button>
          )}
        </>
      }
    >
      {children}
    </Selection>
  );
}
