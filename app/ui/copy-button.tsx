import { type ReactNode, useEffect, useState } from "react";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses, type Look } from "./button.tsx";
import { classes } from "./classes.ts";
import { copyText } from "./copy-text.ts";
import { Icon } from "./icon.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";

const SAID_FOR_MS = 2_000;

type CopyButtonProps = Look & {
  text: string;
  children: ReactNode;
  /** The id of what says whose text is copied, on a page with several such buttons. */
  of?: string;
  className?: string;
};

export function CopyButton({ text, children, of, className, variant = "secondary", size = "small" }: CopyButtonProps) {
  const isHydrated = useIsHydrated();
  const [isCopied, setIsCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (isCopied === null) return;
    const timer = setTimeout(() => setIsCopied(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!isHydrated) return null;
  return (
    <button
      type="button"
      aria-describedby={of}
      onClick={async () => setIsCopied(await copyText(text))}
      className={classes(buttonClasses({ variant, size }), className)}
    >
      <Icon name={isCopied ? "check" : "copy"} />
      <span aria-live="polite">
        {isCopied === null && children}
        {isCopied && m.common_copied()}
        {isCopied === false && m.common_not_copied()}
      </span>
    </button>
  );
}
