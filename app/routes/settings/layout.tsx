import { href, Outlet } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Tabs } from "#app/ui/tabs.tsx";

export default function SettingsLayout() {
  return (
    <>
      <PageHeader title={m.organizations_own_settings()} description={m.profile_settings_description()} />
      <Tabs
        label={m.organizations_own_settings()}
        items={[
          { to: href("/settings/account"), label: m.organizations_own_account() },
          { to: href("/settings/security"), label: m.organizations_own_security() },
          { to: href("/settings/appearance"), label: m.organizations_own_appearance() },
          { to: href("/settings/notifications"), label: m.notifications_title() },
        ]}
      />
      <Outlet />
    </>
  );
}
