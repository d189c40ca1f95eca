import { Bell as BellIcon, LayoutGrid, ShieldCheck, SwatchBook, UserRoundCog } from "lucide-react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { NavigationItem } from "#app/ui/shell-navigation.tsx";
import { Bell } from "./bell.tsx";
import { Palette } from "./palette.tsx";

export function FrameActions({ pages }: { pages: readonly NavigationItem[] }) {
  const personal = [
    { label: m.organizations_list_title(), href: href("/organizations"), icon: LayoutGrid },
    { label: m.notifications_title(), href: href("/notifications"), icon: BellIcon },
    { label: m.organizations_own_account(), href: href("/settings/account"), icon: UserRoundCog },
    { label: m.organizations_own_security(), href: href("/settings/security"), icon: ShieldCheck },
    { label: m.organizations_own_appearance(), href: href("/settings/appearance"), icon: SwatchBook },
  ];
  return (
    <>
      <Palette pages={[...pages, ...personal]} />
      <Bell />
    </>
  );
}
