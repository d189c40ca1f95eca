import { useEffect } from "react";
import { m } from "#app/i18n/messages.ts";
import { classes } from "#app/ui/classes.ts";
import { isPaletteKey } from "#app/ui/early-input.ts";
import { Icon } from "#app/ui/icon.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";

export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  const isHydrated = useIsHydrated();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isPaletteKey(event)) return;
      event.preventDefault();
      onOpen();
    };
    // Listens in the capture phase, since a dialog that is just closing keeps keys to itself.
    addEventListener("keydown", listen, true);
    return () => removeEventListener("keydown", listen, true);
  }, [onOpen]);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-keyshortcuts="Control+K Meta+K"
      className={classes(
        "flex h-9 items-center gap-2 rounded-md text-muted text-sm transition-colors hover:bg-hover max-lg:w-9 max-lg:justify-center lg:border lg:bg-surface lg:ps-2.5 lg:pe-2",
        !isHydrated && "invisible",
      )}
    >
      <Icon name="search" />
      <span className="max-lg:sr-only">{m.palette_short()}</span>
      <span aria-hidden="true" className="ms-3 rounded-sm border bg-sunken px-1.5 font-mono text-xs max-lg:hidden">
        {isHydrated && /Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K"}
      </span>
    </button>
  );
}
