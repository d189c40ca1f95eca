import { classes } from "#app/ui/classes.ts";

/** Wraps long lines, so that they need no scrolling and are copied as they are. */
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
