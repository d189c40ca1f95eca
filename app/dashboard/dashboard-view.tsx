import { m } from "#app/i18n/messages.ts";
import { Card, CardBody, CardHeader } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { StatList } from "#app/ui/stat.tsx";
import { ActivityPlot } from "./activity-plot.tsx";
import type { DashboardPage } from "./figures.server.ts";
import { ACTIVITY_DAYS } from "./limits.ts";
import { RecentActivity } from "./recent-activity.tsx";
import { actions, nextSteps, tiles } from "./shown.tsx";

export function DashboardView({ page, organization }: { page: DashboardPage; organization: string }) {
  const { now, figures, days, plot, entries } = page;
  const of = { figures, organization };
  return (
    <>
      <PageHeader
        title={m.dashboard_title()}
        actions={Object.entries(actions).map(([name, Action]) => <Action key={name} {...of} />)}
      />
      <StatList>
        {Object.entries(tiles).map(([name, Tile]) => (
          <Tile key={name} {...of} />
        ))}
      </StatList>
      <div className="mt-4 empty:hidden sm:mt-5">
        {Object.entries(nextSteps).map(([name, Step]) => (
          <Step key={name} {...of} />
        ))}
      </div>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4 sm:mt-5 sm:gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <Card className="flex flex-col">
          <CardHeader
            title={m.dashboard_activity_title()}
            description={m.dashboard_activity_description({ days: ACTIVITY_DAYS })}
          />
          <ActivityPlot days={days} plot={plot} />
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
