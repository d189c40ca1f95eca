import { ImagePlus } from "lucide-react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { ActivityPlot } from "./activity-plot.tsx";
import { FigureList } from "./figure-list.tsx";
import type { DashboardPage } from "./figures.server.ts";
import { ACTIVITY_DAYS } from "./limits.ts";
import { RecentActivity } from "./recent-activity.tsx";

export function DashboardView({ page, organization }: { page: DashboardPage; organization: string }) {
  const { now, figures, days, plot, entries } = page;
  const isFresh = figures.images === 0;
  const gallery = href("/organizations/:organization/gallery", { organization });
  return (
    <>
      <PageHeader
        title={m.dashboard_title()}
        actions={
          isFresh ? undefined : (
            <LinkButton to={gallery} variant="secondary" prefetch="intent">
              <ImagePlus aria-hidden="true" />
              {m.dashboard_upload()}
            </LinkButton>
          )
        }
      />
      <FigureList figures={figures} />
      {isFresh && (
        <div className="mt-4 sm:mt-5">
          <EmptyState
            icon={ImagePlus}
            title={m.dashboard_first_image_title()}
            description={m.dashboard_first_image_description()}
            action={<LinkButton to={gallery}>{m.dashboard_first_image_action()}</LinkButton>}
          />
        </div>
      )}
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4 sm:mt-5 sm:gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <Card className="flex flex-col">
          <CardHeader
            title={m.dashboard_activity_title()}
            description={m.dashboard_activity_description({ days: ACTIVITY_DAYS })}
          />
          <CardBody className="flex-1">
            <ActivityPlot days={days} plot={plot} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={m.dashboard_recent_title()} />
          <CardBody>
            <RecentActivity entries={entries} now={now} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
