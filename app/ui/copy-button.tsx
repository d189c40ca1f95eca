import { type ReactNode, useEffect, useState } from "react";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses, type Look } from "./button.tsx";
import { classes } from "./classes.ts";
import { copyText } from "./copy-text.ts";
import { Icon } from "./icon.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";

const SAID_FOR_MS = 2_000;

type CopyButtonProps = Look & { text: string; children: ReactNode; className?: string };

export function CopyButton({ text, children, className, variant = "secondary", size = "small" }: CopyButtonProps) {
  const isHydrated = useIsHydrated();
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  if (!isHydrated) return null;
  return (
    <button
      type="button"
      onClick={async () => setOutcome((await copyText(text)) ? "copied" : "failed")}
      className={classes(buttonClasses({ variant, size }), className)}
    >
      {outcome === "copied" ? <Icon name="check" /> : <Icon name="copy" />}
      <span aria-live="polite">
        {outcome === null && children}
        {outcome === "copied" && m.common_copied()}
        {outcome === "failed" && m.common_not_copied()}
      </span>
    </button>
  );
}
