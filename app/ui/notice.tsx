import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";

const tones = {
  info: { icon: "info", look: "bg-accent-soft text-accent" },
  success: { icon: "circle-check", look: "bg-success-soft text-success" },
  warning: { icon: "triangle-alert", look: "bg-warning-soft text-warning" },
} as const;

export function Notice({ tone = "info", children }: { tone?: keyof typeof tones; children: ReactNode }) {
  const { icon, look } = tones[tone];
  return (
    <div role="status" className={classes("flex gap-2.5 rounded-md px-3 py-2.5 text-sm", look)}>
      <Icon name={icon} className="mt-0.5" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
