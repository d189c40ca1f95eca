import { useId } from "react";
import { formatDay, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import type { Day } from "./figures.server.ts";
import type { Plot } from "./plot.server.ts";

const LABELS = [
  { index: 1, place: "col-start-2 justify-self-center" },
  { index: 8, place: "col-start-9 justify-self-center max-sm:hidden" },
  { index: 15, place: "col-start-16 justify-self-center" },
  { index: 22, place: "col-start-23 justify-self-center max-sm:hidden" },
  { index: 29, place: "col-start-30 justify-self-end" },
];

export function ActivityPlot({ days, plot }: { days: readonly Day[]; plot: Plot }) {
  return (
    <figure className="grid min-h-66 flex-1 grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] gap-x-3 p-5 text-muted text-xs tabular-nums">
      <ol aria-hidden="true" className="flex flex-col-reverse justify-between text-end leading-0">
        {plot.ticks.map(({ value }) => (
          <li key={value}>{formatNumber(value)}</li>
        ))}
      </ol>
      <Drawing days={days} plot={plot} />
      <ol aria-hidden="true" className="col-start-2 mt-3 grid grid-cols-[repeat(30,minmax(0,1fr))]">
        {LABELS.map(({ index, place }) => (
          <li key={index} className={`whitespace-nowrap ${place}`}>
            {formatDay(days[index]?.day ?? "")}
          </li>
        ))}
      </ol>
    </figure>
  );
}

function Drawing({ days, plot }: { days: readonly Day[]; plot: Plot }) {
  const id = useId();
  const { width, height, ticks, bar, tops } = plot;
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const busy = days.filter(({ count }) => count > 0);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      className="size-full overflow-visible fill-accent rtl:-scale-x-100"
    >
      <title id={`${id}-title`}>{m.dashboard_plot_title()}</title>
      <desc id={`${id}-description`}>
        {[m.dashboard_plot_description({ count: total, days: days.length }), ...busy.map(wordsFor)].join(" ")}
      </desc>
      {ticks.map(({ value, y }) => (
        <path key={value} d={`M0 ${y}H${width}`} vectorEffect="non-scaling-stroke" className="stroke-border" />
      ))}
      {days.map((each, index) => {
        if (each.count === 0) return null;
        const { start, step, width } = bar;
        const top = tops[index] ?? height;
        return (
          <path key={each.day} d={`M${start + index * step} ${top}h${width}V${height}h${-width}z`}>
            <title>{wordsFor(each)}</title>
          </path>
        );
      })}
    </svg>
  );
}

function wordsFor({ day, count }: Day): string {
  return `${formatDay(day)}: ${formatNumber(count)}.`;
}
