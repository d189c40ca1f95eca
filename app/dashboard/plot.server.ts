import { scaleBand, scaleLinear } from "d3-scale";

const PLOT_WIDTH = 720;
const PLOT_HEIGHT = 180;

const TICKS = 3;
const GAP = 0.3;

export type Plot = {
  width: number;
  height: number;
  ticks: { value: number; y: number }[];
  /** All bars, as the `d` of one path. */
  bars: string;
};

/** Draws counts, oldest first. Only the geometry is sent: the drawing library stays on the server. */
export function drawPlot(counts: readonly number[]): Plot {
  const highest = Math.max(TICKS, ...counts);
  const x = scaleBand(counts.keys(), [0, PLOT_WIDTH]).padding(GAP);
  const y = scaleLinear([0, highest], [PLOT_HEIGHT, 0]).nice(TICKS);
  return {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    ticks: y.ticks(TICKS).map((value) => ({ value, y: round(y(value)) })),
    bars: counts.map((count, index) => barOf(round(x(index) ?? 0), round(y(count)), round(x.bandwidth()))).join(""),
  };
}

function barOf(left: number, top: number, width: number): string {
  return top === PLOT_HEIGHT ? "" : `M${left} ${top}h${width}V${PLOT_HEIGHT}h${-width}z`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
