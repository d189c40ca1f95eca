import { classes } from "#app/ui/classes.ts";

/** Wraps, so that it needs no scrolling and is copied as it is. */
export function Code({ children, className }: { children: string; className?: string }) {
  return (
    <pre
      lang="en"
      dir="ltr"
      className={classes(
        "whitespace-pre-wrap rounded-md border bg-sunken px-4 py-3 font-mono text-xs leading-5",
        className,
      )}
    >
      <code>{children}</code>
    </pre>
  );
}
