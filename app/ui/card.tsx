import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={classes("card", className)} />;
}

type CardHeaderProps = { title: ReactNode; description?: ReactNode; actions?: ReactNode };

export function CardHeader({ title, description, actions }: CardHeaderProps) {
  return (
    <div
      className={classes(
        "flex flex-wrap justify-between gap-3 px-4 pt-4.5 sm:px-5",
        description === undefined ? "items-center" : "items-start",
      )}
    >
      <div className="min-w-0">
        <h2 className="font-semibold text-base">{title}</h2>
        {description !== undefined && <p className="mt-0.5 text-muted text-sm">{description}</p>}
      </div>
      {actions}
    </div>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={classes("@container p-4 sm:p-5", className)} />;
}

type SectionProps = {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  isDanger?: boolean;
  children: ReactNode;
};

export function Section({ title, description, actions, isDanger = false, children }: SectionProps) {
  return (
    <Card className={isDanger ? "border-danger/40" : undefined}>
      <CardHeader title={title} description={description} actions={actions} />
      <CardBody>{children}</CardBody>
    </Card>
  );
}
