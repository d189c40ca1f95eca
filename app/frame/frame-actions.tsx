import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Bell } from "./bell.tsx";
import { Palette } from "./palette.tsx";
import { type Shortcut, Shortcuts } from "./shortcuts.tsx";

type FrameActionsProps = {
  pages: readonly Shortcut[];
  /** The actions that the palette offers in this organization. */
  commands: readonly Shortcut[];
};

export function FrameActions({ pages, commands }: FrameActionsProps) {
  const personal: Shortcut[] = [
    { label: m.organizations_list_title(), href: href("/organizations"), icon: "layout-grid", shortcut: "g o" },
    { label: m.notifications_title(), href: href("/notifications"), icon: "bell", shortcut: "g n" },
    { label: m.organizations_own_account(), href: href("/settings/account"), icon: "user-round-cog", shortcut: "g s" },
    { label: m.organizations_own_security(), href: href("/settings/security"), icon: "shield-check" },
    { label: m.organizations_own_appearance(), href: href("/settings/appearance"), icon: "swatch-book" },
  ];
  const anywhere: Shortcut[] = [
    { label: m.organizations_new(), href: href("/organizations/new"), icon: "plus" },
    { label: m.organizations_sign_out(), href: href("/logout"), icon: "log-out", isPosted: true },
  ];
  return (
    <>
      <Palette pages={[...pages, ...personal]} commands={[...commands, ...anywhere]} />
      <Shortcuts pages={[...pages, ...personal, ...commands]} />
      <Bell />
    </>
  );
}
