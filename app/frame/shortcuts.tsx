import { useEffect, useState } from "react";
import type { PalettePage } from "#app/palette/palette-items.ts";
import { late } from "#app/ui/line/late.tsx";

const ShortcutKeys = late(() => import("./shortcut-keys.tsx"));

export type Shortcut = PalettePage & { shortcut?: string };

const KEPT = 8;

/** The code for shortcuts is loaded with the first printable key, and gets the newest keys from then on. */
export function Shortcuts({ pages }: { pages: readonly Shortcut[] }) {
  const [keys, setKeys] = useState<readonly KeyboardEvent[]>([]);
  useEffect(() => {
    const note = (event: KeyboardEvent) => {
      if (event.key.length === 1) setKeys((before) => [...before.slice(-KEPT), event]);
    };
    addEventListener("keydown", note);
    return () => removeEventListener("keydown", note);
  }, []);
  return keys.length > 0 && <ShortcutKeys pages={pages} keys={keys} />;
}
