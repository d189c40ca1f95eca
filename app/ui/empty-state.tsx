import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

type EmptyStateProps = {
  icon: IconName;
  title: string;
  description?: ReactNode;
  action?: ReactNode;
};

export function EmptyState({ icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center rounded-lg border border-dashed px-6 py-14 text-center sm:py-20">
      <div className="grid size-11 place-items-center rounded-lg border bg-surface text-muted shadow-card">
        <Icon name={icon} className="size-5" />
      </div>
      <h2 className="mt-4 font-semibold text-base">{title}</h2>
      {description !== undefined && <p className="mt-1 max-w-sm text-balance text-muted text-sm">{description}</p>}
      {action !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
