import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { creationFor } from "#app/organizations/creation.ts";
import type { Membership } from "#app/organizations/memberships.server.ts";
import { OrganizationAvatar } from "#app/organizations/organization-avatar.tsx";
import type { Place } from "#app/tenancy/feature-view.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Menu, MenuHeading, MenuLink, MenuSeparator } from "#app/ui/menu.tsx";
import { hrefInOther } from "./places.ts";

type OrganizationSwitcherProps = {
  current: Membership;
  organizations: readonly Membership[];
  place: Place | undefined;
};

export function OrganizationSwitcher({ current, organizations, place }: OrganizationSwitcherProps) {
  return (
    <Menu
      triggerClassName="flex h-10 w-full items-center gap-1.75 rounded-md px-1.75 text-start transition-colors hover:bg-hover collapsed:justify-center collapsed:px-0"
      panelClassName="w-64 max-w-[calc(100vw-1.5rem)]"
      trigger={
        <>
          <OrganizationAvatar organization={current} size="small" />
          <span className="sr-only">{m.organizations_switcher_label()}</span>
          <span dir="auto" className="place-name flex-1 font-medium text-sm">
            {current.name}
          </span>
          <Icon name="chevrons-up-down" className="text-muted collapsed:hidden" />
        </>
      }
    >
      <MenuHeading>{m.organizations_list_title()}</MenuHeading>
      <ul>
        {organizations.map((organization) => {
          const isCurrent = organization.slug === current.slug;
          return (
            <li key={organization.id}>
              <MenuLink to={hrefInOther(organization, place)} aria-current={isCurrent || undefined}>
                <OrganizationAvatar organization={organization} size="small" />
                <span dir="auto" className="min-w-0 flex-1 truncate">
                  {organization.name}
                </span>
                {isCurrent && <Icon name="check" />}
              </MenuLink>
            </li>
          );
        })}
      </ul>
      <MenuSeparator />
      <MenuLink to={href("/organizations")}>
        <Icon name="layout-grid" className="mx-1" />
        {m.organizations_all()}
      </MenuLink>
      {creationFor(organizations.map(({ role }) => role)) === "allowed" && (
        <MenuLink to={href("/organizations/new")}>
          <Icon name="plus" className="mx-1" />
          {m.organizations_new()}
        </MenuLink>
      )}
    </Menu>
  );
}
