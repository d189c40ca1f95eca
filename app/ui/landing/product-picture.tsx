import { formatBytes, formatNumber, formatRelative } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Avatar } from "../avatar.tsx";
import { Card, CardBody, CardHeader } from "../card.tsx";
import { classes } from "../classes.ts";
import { Icon } from "../icon.tsx";
import { Stat, StatList } from "../stat.tsx";

const NAME = "Northwind";
const NOW = Date.UTC(2026, 4, 12, 10);
const MINUTE = 60_000;
const GIGABYTE = 1_000_000_000;
const DAYS = [4, 7, 5, 2, 1, 8, 11, 9, 12, 10, 3, 2, 9, 13, 12, 16, 14, 4, 3, 12, 17, 15, 19, 18, 6, 4, 16, 21, 19, 24];

/** The dashboard as members see it, made of the same components. */
export function ProductPicture() {
  return (
    <>
      <Sidebar />
      <Dashboard />
    </>
  );
}

function Dashboard() {
  return (
    <div className="min-w-0 flex-1 p-4 sm:p-6">
      <p className="mb-5 font-semibold text-2xl">{m.landing_view_dashboard()}</p>
      <StatList>
        <Stat
          label={m.landing_view_members()}
          value={formatNumber(24)}
          detail={m.landing_view_active({ count: 19, days: 30 })}
        />
        <Stat label={m.landing_view_invitations()} value={formatNumber(3)} detail={m.landing_view_waiting()} />
        <Stat label={m.landing_view_images()} value={formatNumber(1_284)} detail={m.landing_view_gallery_detail()} />
        <Stat
          label={m.landing_view_storage()}
          value={formatBytes(6.2 * GIGABYTE)}
          detail={m.landing_view_storage_of({ quota: formatBytes(15 * GIGABYTE) })}
        >
          <progress value={6.2} max={15} className="progress block h-1.5 w-full text-accent" />
        </Stat>
      </StatList>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4 sm:mt-5 sm:gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <Card className="hidden flex-col sm:flex">
          <CardHeader
            title={m.landing_view_activity()}
            description={m.landing_view_activity_description({ days: DAYS.length })}
          />
          <Plot />
        </Card>
        <Card>
          <CardHeader title={m.landing_view_recent()} />
          <CardBody>
            <Recent />
          </CardBody>
        </Card>
      </div>
    </div>
  );
}

function Sidebar() {
  const places = [
    { icon: "layout-dashboard", label: m.landing_view_dashboard() },
    { icon: "images", label: m.landing_view_gallery() },
    { icon: "users-round", label: m.landing_view_members() },
    { icon: "key-round", label: m.landing_view_keys() },
    { icon: "scroll-text", label: m.landing_view_log() },
    { icon: "settings", label: m.landing_view_settings() },
  ] as const;
  return (
    <div className="hidden shrink-0 md:w-60 border-e bg-sunken p-3 md:block">
      <p className="mb-3 flex h-10 items-center gap-2.5 px-1.5">
        <Avatar id={NAME} name={NAME} shape="square" />
        <span dir="auto" className="min-w-0 flex-1 truncate font-medium text-sm">
          {NAME}
        </span>
        <Icon name="chevrons-up-down" className="text-muted" />
      </p>
      <ul className="grid gap-0.5">
        {places.map(({ icon, label }, index) => (
          <li key={icon} className={classes("place", index === 0 && "bg-hover text-text")}>
            <Icon name={icon} className="size-4.5" />
            <span className="min-w-0 truncate">{label}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Plot() {
  const most = Math.max(...DAYS);
  const bars = DAYS.map((count, day) => `M${day * 10 + 2} 100v${(-100 * count) / most}h6V100z`).join("");
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 300 100"
      preserveAspectRatio="none"
      className="min-h-24 w-full flex-1 fill-accent p-5 rtl:-scale-x-100"
    >
      <path d={bars} />
    </svg>
  );
}

function Recent() {
  const entries = [
    { name: "Ada Byron", did: m.landing_view_did_upload({ name: "Harbour at dawn" }), minutes: 4 },
    { name: "Mina Park", did: m.landing_view_did_join(), minutes: 37 },
    { name: "Omar Diaz", did: m.landing_view_did_rename({ before: "IMG 2041", after: "Old town" }), minutes: 122 },
    { name: "Ada Byron", did: m.landing_view_did_create_key({ name: "Website" }), minutes: 1_500 },
  ];
  return (
    <ul className="flex flex-col gap-4">
      {entries.map(({ name, did, minutes }) => (
        <li key={minutes} className="flex gap-3 text-sm">
          <Avatar id={name} name={name} />
          <div className="min-w-0 flex-1">
            <p className="flex items-baseline justify-between gap-3">
              <span dir="auto" className="truncate font-medium">
                {name}
              </span>
              <span className="shrink-0 text-muted text-xs tabular-nums">
                {formatRelative(new Date(NOW - minutes * MINUTE), new Date(NOW))}
              </span>
            </p>
            <p className="line-clamp-2 text-muted">{did}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
