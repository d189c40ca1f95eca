import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { late } from "#app/ui/line/late.tsx";
import { shortcutKeyOf } from "./shortcut-key.ts";
import type { Shortcut } from "./shortcuts.tsx";

const ShortcutSheet = late(() => import("./shortcut-sheet.tsx"));

/** The longest pause between the keys of one shortcut. */
const PAUSE_MS = 1500;

type ShortcutKeysProps = {
  pages: readonly Shortcut[];
  /** The newest key events, the last one last. */
  keys: readonly KeyboardEvent[];
};

export default function ShortcutKeys({ pages, keys }: ShortcutKeysProps) {
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const begun = useRef({ typed: "", at: 0 });
  const heard = useRef<KeyboardEvent | undefined>(undefined);

  function hear(event: KeyboardEvent) {
    const key = shortcutKeyOf(event);
    if (key === null) return;
    if (key === "?") {
      setWasOpened(true);
      setIsOpen(true);
      return;
    }
    const { typed: before, at } = begun.current;
    const isGoingOn = before !== "" && event.timeStamp - at < PAUSE_MS;
    begun.current = { typed: "", at: event.timeStamp };
    for (const typed of isGoingOn ? [`${before} ${key}`, key] : [key]) {
      const page = pages.find(({ shortcut }) => shortcut === typed);
      if (page !== undefined) return void navigate(page.href);
      if (!pages.some(({ shortcut }) => shortcut?.startsWith(`${typed} `))) continue;
      begun.current.typed = typed;
      return;
    }
  }

  useEffect(() => {
    const from = heard.current === undefined ? 0 : keys.indexOf(heard.current) + 1;
    heard.current = keys.at(-1);
    for (const event of keys.slice(from)) hear(event);
  });

  return (
    wasOpened && (
      <ShortcutSheet isOpen={isOpen} onOpenChange={setIsOpen} pages={pages} onLost={() => setWasOpened(false)} />
    )
  );
}
