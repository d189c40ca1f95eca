import type { ReactNode } from "react";
import { Card } from "./card.tsx";

export function StatList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">{children}</dl>;
}

type StatProps = { label: string; value: string; detail?: ReactNode; children?: ReactNode };

export function Stat({ label, value, detail, children }: StatProps) {
  return (
    <Card className="flex flex-col gap-1 px-4 py-4 sm:px-5">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-2xl tabular-nums">{value}</dd>
      {detail !== undefined && <dd className="text-muted text-sm">{detail}</dd>}
      {children !== undefined && <dd className="mt-1.5">{children}</dd>}
    </Card>
  );
}
