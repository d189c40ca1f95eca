import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { type Role, rolesRuledBy, rolesToGive } from "#app/tenancy/roles.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { asksFirst } from "#app/ui/asks-first.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { copyText } from "#app/ui/copy-text.ts";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "#app/ui/menu.tsx";
import { showToast } from "#app/ui/toasts.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { roleCommand } from "../members/role-commands.ts";
import type { Invitation } from "./invitations.server.ts";

type InvitationMenuProps = { organization: string; viewerRole: Role; invitation: Invitation; inList: string };

const look = `dots ${buttonClasses({ variant: "ghost", size: "small", isSquare: true })}`;

export function InvitationMenu({ organization, viewerRole, invitation, inList }: InvitationMenuProps) {
  const isHydrated = useIsHydrated();
  const fetcher = useFetcher();
  const place = { organization, invitation: invitation.id };
  const label = m.invitations_actions({ email: invitation.email });
  const page = href("/organizations/:organization/invitations/:invitation", place) + inList;
  if (!isHydrated) {
    return <Link to={page} aria-label={label} className={look} />;
  }
  const { link } = invitation;
  const isOwner = invitation.role === "owner";
  const asking = href("/organizations/:organization/invitations/:invitation/owner", place) + inList;
  const mayChange = rolesRuledBy(viewerRole).includes(invitation.role);
  const given = invitation.isExpired ? [] : rolesToGive(viewerRole, { role: invitation.role, isSelf: false });
  return (
    <Menu side="end" label={label} triggerClassName={look}>
      <MenuLink to={page}>
        <Icon name="eye" />
        {m.invitations_show()}
      </MenuLink>
      {link !== null && (
        <form
          onSubmit={async (event) => {
            event.preventDefault();
            const isCopied = await copyText(link);
            if (isCopied) showToast({ tone: "success", message: m.invitations_link_copied() });
            else showToast({ tone: "error", message: m.common_not_copied() });
          }}
        >
          <MenuButton>
            <Icon name="link-2" />
            {m.invitations_copy_link()}
          </MenuButton>
        </form>
      )}
      {mayChange && isOwner && (
        <MenuLink to={asking}>
          <Icon name="mail" />
          {asksFirst(m.invitations_resend())}
        </MenuLink>
      )}
      {mayChange && !isOwner && (
        <fetcher.Form method="post" action={href("/organizations/:organization/invitations/:invitation/resend", place)}>
          <input type="hidden" name="stay" value="yes" />
          <MenuButton>
            <Icon name="mail" />
            {m.invitations_resend()}
          </MenuButton>
        </fetcher.Form>
      )}
      {given.length > 0 && (
        <fetcher.Form method="post" action={href("/organizations/:organization/invitations/:invitation/role", place)}>
          <MenuSeparator />
          <input type="hidden" name="stay" value="yes" />
          <AsShown fields={{ role: invitation.role }} lastResult={null} />
          {given.map((role) =>
            role === "owner" ? (
              <MenuLink key={role} to={asking}>
                <Icon name="crown" />
                {asksFirst(roleCommand(role))}
              </MenuLink>
            ) : (
              <MenuButton key={role} name="role" value={role}>
                <Icon name="shield-check" />
                {roleCommand(role)}
              </MenuButton>
            ),
          )}
        </fetcher.Form>
      )}
      {mayChange && (
        <fetcher.Form method="post" action={href("/organizations/:organization/invitations/:invitation/revoke", place)}>
          <MenuSeparator />
          <input type="hidden" name="stay" value="yes" />
          <MenuButton className="menu-danger">
            <Icon name="x" />
            {m.invitations_revoke()}
          </MenuButton>
        </fetcher.Form>
      )}
    </Menu>
  );
}
