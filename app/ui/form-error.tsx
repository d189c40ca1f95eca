import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What went wrong with a whole form, read out at once; nothing when there is nothing to say. */
export function FormError({ id, children }: { id?: string; children: ReactNode }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div id={id} role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3 py-2.5 text-danger text-sm">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
