import type { ReactNode } from "react";
import { Link } from "react-router";
import { Card, CardBody } from "./card.tsx";
import { Icon } from "./icon.tsx";
import { PageHeader } from "./page-header.tsx";

type NarrowPageProps = {
  back: { to: string; label: string };
  title: string;
  description: ReactNode;
  children: ReactNode;
};

export function NarrowPage({ back, title, description, children }: NarrowPageProps) {
  return (
    <div className="mx-auto w-full max-w-lg">
      <Link
        to={back.to}
        className="mb-4 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text"
      >
        <Icon name="arrow-left" className="rtl:-scale-x-100" />
        {back.label}
      </Link>
      <PageHeader title={title} description={description} />
      <Card>
        <CardBody className="sm:p-7">{children}</CardBody>
      </Card>
    </div>
  );
}
