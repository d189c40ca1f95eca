import type { ReactNode } from "react";
import { Card } from "./card.tsx";
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
    <Card className="stat">
      <dt>{label}</dt>
      <dd className="font-semibold text-2xl text-text tabular-nums">{value}</dd>
      <dd>{to === null ? detail : <Link to={to}>{detail}</Link>}</dd>
      {change !== undefined && <dd className="text-xs tabular-nums">{change}</dd>}
      {children !== undefined && <dd className="mt-1.5">{children}</dd>}
    </Card>
  );
}
