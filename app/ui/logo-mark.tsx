import { classes } from "./classes.ts";

export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={classes("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6.5" className="fill-accent" />
      <path
        d="M5.5 18.5V12a6.5 6.5 0 0 1 13 0v6.5"
        strokeWidth="1.75"
        strokeLinecap="round"
        className="stroke-accent-contrast"
      />
      <path
        d="M9 18.5V12.25a3 3 0 0 1 6 0v6.25a.75.75 0 0 1-.75.75h-4.5A.75.75 0 0 1 9 18.5Z"
        className="fill-accent-contrast"
      />
    </svg>
  );
}
