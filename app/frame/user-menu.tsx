import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { LanguageSwitch } from "#app/ui/language-switch.tsx";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "#app/ui/menu.tsx";
import { ThemeSwitch } from "#app/ui/theme-switch.tsx";

export type Viewer = { id: string; name: string; email: string; image: string | null };

export function UserMenu({ viewer }: { viewer: Viewer }) {
  const { name, email } = viewer;
  return (
    <Menu
      side="end"
      label={m.organizations_user_menu({ name })}
      triggerClassName="grid size-9 place-items-center rounded-full"
      panelClassName="w-68 max-w-[calc(100vw-1.5rem)]"
      trigger={<Avatar id={viewer.id} name={name} imageUrl={avatarUrl(viewer)} />}
    >
      <div className="px-2.5 pt-1.5 pb-2">
        <p dir="auto" className="truncate font-medium">
          {name}
        </p>
        <p dir="ltr" className="truncate text-muted rtl:text-end">
          {shownAddress(email)}
        </p>
      </div>
      <MenuSeparator />
      <MenuLink to={href("/settings/account")}>
        <Icon name="user-round-cog" />
        {m.organizations_own_settings()}
      </MenuLink>
      <MenuLink to={href("/organizations")}>
        <Icon name="layout-grid" />
        {m.organizations_list_title()}
      </MenuLink>
      <div className="flex items-center justify-between gap-3 px-2.5 py-1">
        <LanguageSwitch page={href("/settings/appearance")} />
        <ThemeSwitch />
      </div>
      <MenuSeparator />
      {/* A plain form, so that the next document starts without this person's cached data. */}
      <Form reloadDocument method="post" action={href("/logout")}>
        <MenuButton>
          <Icon name="log-out" className="rtl:-scale-x-100" />
          {m.organizations_sign_out()}
        </MenuButton>
      </Form>
    </Menu>
  );
}
