import "#app/i18n/messages-of/settings.ts";
import type { ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Dialog } from "#app/ui/dialog.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Shortcut } from "./shortcuts.tsx";

type ShortcutSheetProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  pages: readonly Shortcut[];
};

export default function ShortcutSheet({ isOpen, onOpenChange, pages }: ShortcutSheetProps) {
  const named = pages.flatMap(({ label, shortcut }) => (shortcut === undefined ? [] : [{ label, shortcut }]));
  const all = [
    { label: m.appearance_shortcuts_title(), shortcut: "?" },
    { label: m.palette_short(), shortcut: /Mac|iP/.test(navigator.platform) ? "⌘ K" : "Ctrl K" },
    ...named,
  ];
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={m.appearance_shortcuts_title()}>
      <dl className="grid gap-1 text-sm">
        {all.map(({ label, shortcut }) => (
          <Line key={shortcut} label={label} keys={shortcut.split(" ")} />
        ))}
      </dl>
      <p className="mt-4 text-sm">
        <Link
          to={href("/settings/appearance")}
          onClick={() => onOpenChange(false)}
          className="text-accent hover:underline"
        >
          {m.appearance_shortcuts_turn_off()}
        </Link>
      </p>
    </Dialog>
  );
}

function Line({ label, keys: [first, second] }: { label: string; keys: string[] }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4">
      <dt className="min-w-0">{label}</dt>
      <dd dir="ltr" className="flex shrink-0 gap-1">
        <Key>{first}</Key>
        {second !== undefined && <Key>{second}</Key>}
      </dd>
    </div>
  );
}

function Key({ children }: { children: ReactNode }) {
  return <kbd className="rounded-sm border px-1.5 py-0.5 font-mono text-muted text-xs">{children}</kbd>;
}
