import { classes } from "./classes.ts";

type ProgressProps = {
  label: string;
  value: number;
  max: number;
  tone?: "accent" | "warning" | "danger";
  className?: string;
};

const tones = { accent: "text-accent", warning: "text-warning", danger: "text-danger" };

export function Progress({ label, value, max, tone = "accent", className }: ProgressProps) {
  return (
    <progress
      aria-label={label}
      value={Math.min(value, max)}
      max={max}
      className={classes("progress block h-1.5 w-full", tones[tone], className)}
    />
  );
}
