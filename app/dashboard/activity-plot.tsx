import { useId } from "react";
import { currentLocale, formatDate, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import type { Day } from "./figures.server.ts";
import type { Plot } from "./plot.server.ts";

/** Every seventh day back from today: its place among the thirty, and where its label stands. */
const LABELS = [
  { index: 1, place: "col-start-2 justify-self-center" },
  { index: 8, place: "col-start-9 justify-self-center" },
  { index: 15, place: "col-start-16 justify-self-center" },
  { index: 22, place: "col-start-23 justify-self-center" },
  { index: 29, place: "col-start-30 justify-self-end" },
];

/** Activity per day. The drawing stretches; labels are HTML around it, so they keep their size and their direction. */
export function ActivityPlot({ days, plot }: { days: readonly Day[]; plot: Plot }) {
  return (
    <figure className="grid h-full min-h-56 grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] gap-x-3 text-muted text-xs tabular-nums">
      <ol aria-hidden="true" className="flex flex-col-reverse justify-between text-end leading-0">
        {plot.ticks.map(({ value }) => (
          <li key={value}>{formatNumber(value)}</li>
        ))}
      </ol>
      <Drawing days={days} plot={plot} />
      <ol aria-hidden="true" className="col-start-2 mt-3 grid grid-cols-[repeat(30,minmax(0,1fr))]">
        {LABELS.map(({ index, place }) => (
          <li key={index} className={`whitespace-nowrap ${place}`}>
            {formatShortDay(days[index]?.day)}
          </li>
        ))}
      </ol>
      <FiguresAsTable days={days} />
    </figure>
  );
}

function Drawing({ days, plot }: { days: readonly Day[]; plot: Plot }) {
  const id = useId();
  const { width, height, ticks, points } = plot;
  const column = width / points.length;
  const total = days.reduce((sum, { count }) => sum + count, 0);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      className="size-full overflow-visible text-accent rtl:-scale-x-100"
    >
      <title id={`${id}-title`}>{m.dashboard_plot_title()}</title>
      <desc id={`${id}-description`}>{m.dashboard_plot_description({ count: total, days: days.length })}</desc>
      {ticks.map(({ value, y }) => (
        <path key={value} d={`M0 ${y}H${width}`} vectorEffect="non-scaling-stroke" className="stroke-border" />
      ))}
      <path d={plot.area} className="fill-current opacity-12" />
      <path
        d={plot.line}
        fill="none"
        strokeWidth="2"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        className="stroke-current"
      />
      {points.map(({ x, y }, index) => (
        <g key={days[index]?.day} className="group">
          <title>{`${formatDay(days[index]?.day)}: ${formatNumber(days[index]?.count ?? 0)}`}</title>
          <path
            d={`M${x} 0V${height}`}
            vectorEffect="non-scaling-stroke"
            className="stroke-border-strong opacity-0 group-hover:opacity-100"
          />
          {/* A line of no length with a round end is a dot that does not stretch. */}
          <path
            d={`M${x} ${y}h0`}
            strokeWidth="9"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
            className="stroke-current opacity-0 group-last:opacity-100 group-hover:opacity-100"
          />
          <rect x={x - column / 2} width={column} height={height} className="fill-transparent" />
        </g>
      ))}
    </svg>
  );
}

function FiguresAsTable({ days }: { days: readonly Day[] }) {
  return (
    <div className="sr-only">
      <table>
        <caption>{m.dashboard_plot_title()}</caption>
        <thead>
          <tr>
            <th scope="col">{m.dashboard_plot_day()}</th>
            <th scope="col">{m.dashboard_plot_count()}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <th scope="row">{formatDay(day)}</th>
              <td>{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function formatDay(day = ""): string {
  return formatDate(new Date(day));
}

function formatShortDay(day = ""): string {
  const format = new Intl.DateTimeFormat(currentLocale(), { day: "numeric", month: "short", timeZone: "UTC" });
  return format.format(new Date(day));
}
