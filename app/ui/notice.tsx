import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";

const tones = {
  info: { icon: Info, look: "bg-accent-soft text-accent" },
  success: { icon: CircleCheck, look: "bg-success-soft text-success" },
  warning: { icon: TriangleAlert, look: "bg-warning-soft text-warning" },
};

export function Notice({ tone = "info", children }: { tone?: keyof typeof tones; children: ReactNode }) {
  const { icon: Icon, look } = tones[tone];
  return (
    <div role="status" className={classes("flex gap-2.5 rounded-md px-3 py-2.5 text-sm", look)}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
