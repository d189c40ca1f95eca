import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses } from "./button.tsx";
import { classes } from "./classes.ts";
import { useIsHydrated } from "./use-is-hydrated.ts";

const SAID_FOR_MS = 2_000;

/** Puts a text on the clipboard and says so. Without scripts it is not there: show the text itself, too. */
export function CopyButton({ text, children, className }: { text: string; children: ReactNode; className?: string }) {
  const isHydrated = useIsHydrated();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!isHydrated) return null;
  return (
    <button
      type="button"
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setIsCopied(true);
      }}
      className={classes(buttonClasses({ variant: "secondary", size: "small" }), className)}
    >
      {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      <span aria-live="polite">{isCopied ? m.common_copied() : children}</span>
    </button>
  );
}
