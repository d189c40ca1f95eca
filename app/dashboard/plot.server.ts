import { scaleLinear, scalePoint } from "d3-scale";
import { area, curveMonotoneX, line } from "d3-shape";

/** Units of the drawing; the browser stretches it to the room there is. */
const PLOT_WIDTH = 720;
const PLOT_HEIGHT = 180;

const TICKS = 3;
export type Plot = {
  width: number;
  height: number;
  line: string;
  area: string;
  /** The horizontal rules from the lowest to the highest, which is the upper edge; they stand at equal distances. */
  ticks: { value: number; y: number }[];
  /** One per day, oldest first. */
  points: { x: number; y: number }[];
};

/** Draws counts, oldest first. Geometry is all that travels: the drawing library stays on the server. */
export function drawPlot(counts: readonly number[]): Plot {
  const highest = Math.max(TICKS, ...counts);
  const x = scalePoint(counts.keys(), [0, PLOT_WIDTH]).padding(0.5);
  const y = scaleLinear([0, highest], [PLOT_HEIGHT, 0]).nice(TICKS);
  const points = counts.map((count, index) => ({ x: round(x(index) ?? 0), y: round(y(count)) }));
  const drawLine = line<{ x: number; y: number }>(
    (point) => point.x,
    (point) => point.y,
  ).curve(curveMonotoneX);
  const drawArea = area<{ x: number; y: number }>(
    (point) => point.x,
    y(0),
    (point) => point.y,
  ).curve(curveMonotoneX);
  return {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    line: drawLine.digits(1)(points) ?? "",
    area: drawArea.digits(1)(points) ?? "",
    ticks: y.ticks(TICKS).map((value) => ({ value, y: round(y(value)) })),
    points,
  };
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
