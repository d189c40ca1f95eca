import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { can } from "#app/tenancy/permissions.ts";
import { type Role, rolesToGive } from "#app/tenancy/roles.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { asksFirst } from "#app/ui/asks-first.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "#app/ui/menu.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import type { Member } from "./members.server.ts";
import { ownerHref } from "./owner-link.ts";
import { roleCommand } from "./role-commands.ts";

type MemberMenuProps = {
  organization: string;
  member: Member;
  inList: string;
  viewerRole: Role;
  owners: number;
  onRemove: (member: Member) => void;
};

const icons = { member: "user-round", admin: "shield-check", owner: "crown" } as const;
const look = `dots ${buttonClasses({ variant: "ghost", size: "small", isSquare: true })}`;

export function MemberMenu({ organization, member, inList, viewerRole, owners, onRemove }: MemberMenuProps) {
  const isHydrated = useIsHydrated();
  const fetcher = useFetcher();
  const place = { organization, member: member.id };
  const label = m.members_actions({ name: member.name });
  const page = href("/organizations/:organization/members/:member", place) + inList;
  if (!isHydrated) {
    return <Link to={page} aria-label={label} className={look} />;
  }
  const given = rolesToGive(viewerRole, { ...member, owners });
  const isAsked = (role: Role) => [role, member.role].includes("owner");
  return (
    <Menu side="end" label={label} triggerClassName={look} panelClassName="text-start">
      <MenuLink to={page}>
        <Icon name="eye" />
        {m.members_open()}
      </MenuLink>
      {given.length > 0 && (
        <fetcher.Form method="post" action={href("/organizations/:organization/members/:member/role", place)}>
          <MenuSeparator />
          <input type="hidden" name="stay" value="yes" />
          <AsShown fields={{ role: member.role }} lastResult={null} />
          {given.map((role) => {
            const words = (
              <>
                <Icon name={icons[role]} />
                {isAsked(role) ? asksFirst(roleCommand(role)) : roleCommand(role)}
              </>
            );
            return isAsked(role) ? (
              <MenuLink key={role} to={ownerHref({ ...place, inList }, role)}>
                {words}
              </MenuLink>
            ) : (
              <MenuButton key={role} name="role" value={role}>
                {words}
              </MenuButton>
            );
          })}
        </fetcher.Form>
      )}
      <MenuSeparator />
      {can(viewerRole, "organization:transfer") && !member.isSelf && (
        <MenuLink
          to={`${href("/organizations/:organization/settings/hand-over", { organization })}?member=${member.id}`}
        >
          <Icon name="arrow-right-left" />
          {asksFirst(m.members_hand_over())}
        </MenuLink>
      )}
      {member.isSelf && (
        <MenuLink to={href("/organizations/:organization/leave", { organization })}>
          <Icon name="log-out" className="rtl:-scale-x-100" />
          {asksFirst(m.members_leave_confirm())}
        </MenuLink>
      )}
      {can(viewerRole, "member:delete") && !member.isSelf && member.role !== "owner" && (
        <MenuLink to={href("/organizations/:organization/members/:member/sign-out", place) + inList}>
          <Icon name="log-out" className="rtl:-scale-x-100" />
          {asksFirst(m.members_sign_out())}
        </MenuLink>
      )}
      {can(viewerRole, "member:delete") && !member.isSelf && member.role === "owner" && (
        <MenuLink to={ownerHref({ ...place, inList }, "nobody")} className="menu-danger">
          <Icon name="user-x" />
          {asksFirst(m.members_remove())}
        </MenuLink>
      )}
      {can(viewerRole, "member:delete") && !member.isSelf && member.role !== "owner" && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onRemove(member);
          }}
        >
          <MenuButton className="menu-danger">
            <Icon name="user-x" />
            {asksFirst(m.members_remove())}
          </MenuButton>
        </form>
      )}
    </Menu>
  );
}
