import { scaleBand, scaleLinear } from "d3-scale";

const PLOT_WIDTH = 720;
const PLOT_HEIGHT = 180;

const TICKS = 3;
const GAP = 0.3;

export type Plot = {
  width: number;
  height: number;
  ticks: { value: number; y: number }[];
  bar: { start: number; step: number; width: number };
  tops: number[];
};

/** Draws counts, oldest first. Geometry is all that travels: the drawing library stays on the server. */
export function drawPlot(counts: readonly number[]): Plot {
  const highest = Math.max(TICKS, ...counts);
  const x = scaleBand(counts.keys(), [0, PLOT_WIDTH]).padding(GAP);
  const y = scaleLinear([0, highest], [PLOT_HEIGHT, 0]).nice(TICKS);
  return {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    ticks: y.ticks(TICKS).map((value) => ({ value, y: round(y(value)) })),
    bar: { start: round(x(0) ?? 0), step: x.step(), width: round(x.bandwidth()) },
    tops: counts.map((count) => round(y(count))),
  };
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
