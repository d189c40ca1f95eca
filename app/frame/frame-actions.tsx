import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { PalettePage } from "#app/palette/palette-items.ts";
import type { NavigationItem } from "#app/ui/shell-navigation.tsx";
import { Bell } from "./bell.tsx";
import { Palette } from "./palette.tsx";

type FrameActionsProps = {
  pages: readonly NavigationItem[];
  /** What the palette offers to do in this organization. */
  commands: readonly NavigationItem[];
};

export function FrameActions({ pages, commands }: FrameActionsProps) {
  const personal: NavigationItem[] = [
    { label: m.organizations_list_title(), href: href("/organizations"), icon: "layout-grid" },
    { label: m.notifications_title(), href: href("/notifications"), icon: "bell" },
    { label: m.organizations_own_account(), href: href("/settings/account"), icon: "user-round-cog" },
    { label: m.organizations_own_security(), href: href("/settings/security"), icon: "shield-check" },
    { label: m.organizations_own_appearance(), href: href("/settings/appearance"), icon: "swatch-book" },
  ];
  const anywhere: PalettePage[] = [
    { label: m.organizations_new(), href: href("/organizations/new"), icon: "plus" },
    { label: m.organizations_sign_out(), href: href("/logout"), icon: "log-out", isPosted: true },
  ];
  return (
    <>
      <Palette pages={[...pages, ...personal]} commands={[...commands, ...anywhere]} />
      <Bell />
    </>
  );
}
