import type { ReactNode } from "react";
import { Card } from "./card.tsx";
import { classes } from "./classes.ts";
import { Link } from "./link.tsx";

export function StatList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">{children}</dl>;
}

type StatProps = {
  label: string;
  value: string;
  detail: ReactNode;
  change?: string;
  /** The page that the tile links to; null if the viewer may not open it. */
  to?: string | null;
  children?: ReactNode;
};

export function Stat({ label, value, detail, change, to = null, children }: StatProps) {
  return (
    <Card
      className={classes(
        "relative flex flex-col gap-1 px-4 py-4 sm:px-5",
        to !== null && "transition-colors hover:border-border-strong",
      )}
    >
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-2xl tabular-nums">{value}</dd>
      <dd className="text-muted text-sm">
        {to === null ? (
          detail
        ) : (
          <Link to={to} className="rounded-sm after:absolute after:inset-0 after:rounded-lg">
            {detail}
          </Link>
        )}
      </dd>
      {change !== undefined && <dd className="text-muted text-xs tabular-nums">{change}</dd>}
      {children !== undefined && <dd className="mt-1.5">{children}</dd>}
    </Card>
  );
}
