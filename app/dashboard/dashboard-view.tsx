import { href } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Card, CardBody, CardHeader } from "#app/ui/card.tsx";
import { classes } from "#app/ui/classes.ts";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { StatList } from "#app/ui/stat.tsx";
import { ActivityPlot } from "./activity-plot.tsx";
import { Checklist } from "./checklist.tsx";
import type { DashboardPage } from "./figures.server.ts";
import { ACTIVITY_DAYS, COMPARED_DAYS, PLOT_DAYS } from "./limits.ts";
import { RecentActivity } from "./recent-activity.tsx";
import { actions, tiles } from "./shown.tsx";

type DashboardViewProps = { page: DashboardPage; organization: string; role: Role };

export function DashboardView({ page, organization, role }: DashboardViewProps) {
  const { now, figures, days, plot, entries, steps } = page;
  const of = { figures, organization, role, changed };
  const log = can(role, "audit:read") ? href("/organizations/:organization/audit", { organization }) : null;
  return (
    <>
      <PageHeader
        title={m.dashboard_title()}
        actions={Object.entries(actions).map(([name, Action]) => <Action key={name} {...of} />)}
      />
      {steps && <Checklist steps={steps} organization={organization} role={role} />}
      <StatList>
        {Object.entries(tiles).map(([name, Tile]) => (
          <Tile key={name} {...of} />
        ))}
      </StatList>
      <div className="mt-4 grid grid-cols-1 gap-4 sm:mt-5 sm:gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <Card className="flex flex-col">
          <CardHeader
            title={m.dashboard_activity_title()}
            description={m.dashboard_activity_description({ days: days.length })}
            actions={<Spans organization={organization} shown={days.length} />}
          />
          <ActivityPlot key={days.length} days={days} plot={plot} />
        </Card>
        <Card>
          <CardHeader
            title={m.dashboard_recent_title()}
            actions={
              log !== null && (
                <Link to={log} className="rounded-sm text-accent text-sm hover:underline">
                  {m.dashboard_show_all()}
                </Link>
              )
            }
          />
          <CardBody>
            <RecentActivity entries={entries} now={now} organization={organization} role={role} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

function changed(now: number, before: number): string {
  const shown = { now: formatNumber(now), days: COMPARED_DAYS };
  return before === 0 ? m.dashboard_change(shown) : m.dashboard_change_from({ ...shown, before: formatNumber(before) });
}

function Spans({ organization, shown }: { organization: string; shown: number }) {
  const here = href("/organizations/:organization/dashboard", { organization });
  return (
    <nav aria-label={m.dashboard_activity_title()} className="flex gap-1 text-sm tabular-nums">
      {PLOT_DAYS.map((days) => (
        <Link
          key={days}
          to={days === ACTIVITY_DAYS ? here : `${here}?days=${days}`}
          preventScrollReset
          aria-current={days === shown ? "page" : undefined}
          aria-label={m.dashboard_span({ days })}
          className={classes(
            "grid h-7 min-w-8 place-items-center rounded-sm px-2 transition-colors",
            days === shown ? "bg-hover font-medium" : "text-muted hover:bg-hover hover:text-text",
          )}
        >
          {formatNumber(days)}
        </Link>
      ))}
    </nav>
  );
}
