import type { ReactNode } from "react";
import { type Back, BackLink } from "./back-link.tsx";
import { Card, CardBody } from "./card.tsx";
import { PageHeader } from "./page-header.tsx";

type NarrowPageProps = {
  back: Back;
  title: string;
  description: ReactNode;
  children: ReactNode;
};

export function NarrowPage({ back, title, description, children }: NarrowPageProps) {
  return (
    <div className="mx-auto w-full max-w-lg">
      <BackLink {...back} />
      <PageHeader title={title} description={description} />
      <Card>
        <CardBody className="sm:p-7">{children}</CardBody>
      </Card>
    </div>
  );
}
