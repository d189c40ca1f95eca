import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { NavigationItem } from "#app/ui/shell-navigation.tsx";
import { Bell } from "./bell.tsx";
import { Palette } from "./palette.tsx";

export function FrameActions({ pages }: { pages: readonly NavigationItem[] }) {
  const personal: NavigationItem[] = [
    { label: m.organizations_list_title(), href: href("/organizations"), icon: "layout-grid" },
    { label: m.notifications_title(), href: href("/notifications"), icon: "bell" },
    { label: m.organizations_own_account(), href: href("/settings/account"), icon: "user-round-cog" },
    { label: m.organizations_own_security(), href: href("/settings/security"), icon: "shield-check" },
    { label: m.organizations_own_appearance(), href: href("/settings/appearance"), icon: "swatch-book" },
  ];
  return (
    <>
      <Palette pages={[...pages, ...personal]} />
      <Bell />
    </>
  );
}
