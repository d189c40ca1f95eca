import { useId, useRef, useState } from "react";
import { formatDay, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { late } from "#app/ui/line/late.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import type { Day } from "./figures.server.ts";
import type { Plot } from "./plot.server.ts";

const PlotValues = late(() => import("./plot-values.tsx"));

/** One label is under the first bar, one under the last, and the others are between them. */
const LABELS = 4;

export function ActivityPlot({ days, plot }: { days: readonly Day[]; plot: Plot }) {
  const isHydrated = useIsHydrated();
  const last = days.length - 1;
  const labels = Array.from({ length: LABELS }, (_, index) => Math.round((index * last) / (LABELS - 1)));
  return (
    <figure className="relative grid min-h-66 flex-1 grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] gap-x-3 p-4 text-muted text-xs tabular-nums sm:p-5">
      <ol aria-hidden="true" className="flex flex-col-reverse justify-between text-end leading-0">
        {plot.ticks.map(({ value }) => (
          <li key={value}>{formatNumber(value)}</li>
        ))}
      </ol>
      <Drawing days={days} plot={plot} isHydrated={isHydrated} />
      <ol aria-hidden="true" className="col-start-2 mt-3 flex justify-between">
        {labels.map((index) => (
          <li key={index} className="whitespace-nowrap">
            {formatDay(days[index]?.day ?? "")}
          </li>
        ))}
      </ol>
      {isHydrated && <Table days={days} />}
    </figure>
  );
}

type DrawingProps = { days: readonly Day[]; plot: Plot; isHydrated: boolean };

function Drawing({ days, plot, isHydrated }: DrawingProps) {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [isWanted, setIsWanted] = useState(false);
  const { width, height, ticks, bars } = plot;
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const busy = isHydrated ? [] : days.filter(({ count }) => count > 0);
  const want = () => setIsWanted(true);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a slider as soon as scripts run
    <div
      ref={frame}
      role={isHydrated ? "slider" : "group"}
      {...(isHydrated && {
        tabIndex: 0,
        "aria-label": m.dashboard_plot_title(),
        "aria-valuemin": 0,
        "aria-valuemax": days.length - 1,
        "aria-valuenow": days.length - 1,
        "aria-valuetext": wordsFor(days.at(-1)),
      })}
      onFocus={want}
      onPointerEnter={want}
      className="relative rounded-sm"
    >
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
        <path d={bars} />
      </svg>
      {isWanted && <PlotValues frame={frame} days={days} words={wordsFor} />}
    </div>
  );
}

/** For screen readers. Before scripts run, the drawing's description says the same. */
function Table({ days }: { days: readonly Day[] }) {
  return (
    <table className="sr-only">
      <caption>{m.dashboard_plot_title()}</caption>
      <tbody>
        {days.map(({ day, count }) => (
          <tr key={day}>
            <th scope="row">{formatDay(day)}</th>
            <td>{formatNumber(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function wordsFor(day: Day | undefined): string {
  return day === undefined ? "" : `${formatDay(day.day)}: ${formatNumber(day.count)}.`;
}
