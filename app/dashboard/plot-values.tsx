import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { Day } from "./figures.server.ts";

type PlotValuesProps = { frame: RefObject<HTMLDivElement | null>; days: readonly Day[]; words: (day: Day) => string };

/** The value of the day under the pointer or chosen with the arrow keys. Loaded when the plot is first focused or pointed at. */
export default function PlotValues({ frame, days, words }: PlotValuesProps) {
  const last = days.length - 1;
  const [shown, setShown] = useState<number | null>(() => (frame.current?.matches(":focus") ? last : null));

  // Before the value is on the screen: a key that is pressed as soon as it is there already moves it.
  useLayoutEffect(() => {
    const plot = frame.current;
    if (plot === null) return;
    const isRightToLeft = getComputedStyle(plot).direction === "rtl";
    const controller = new AbortController();
    const on = <K extends keyof HTMLElementEventMap>(type: K, listener: (event: HTMLElementEventMap[K]) => void) =>
      plot.addEventListener(type, listener, { signal: controller.signal });
    const within = (index: number) => Math.min(last, Math.max(0, index));
    on("pointermove", ({ clientX }) => {
      const { left, width } = plot.getBoundingClientRect();
      const share = (clientX - left) / width;
      setShown(within(Math.floor((isRightToLeft ? 1 - share : share) * days.length)));
    });
    on("pointerleave", () => setShown(plot.matches(":focus-visible") ? last : null));
    on("focus", () => setShown(last));
    on("blur", () => setShown(null));
    on("keydown", (event) => {
      const forward = isRightToLeft ? "ArrowLeft" : "ArrowRight";
      const back = isRightToLeft ? "ArrowRight" : "ArrowLeft";
      const steps: Partial<Record<string, (at: number) => number>> = {
        [forward]: (at) => at + 1,
        ArrowUp: (at) => at + 1,
        [back]: (at) => at - 1,
        ArrowDown: (at) => at - 1,
        Home: () => 0,
        End: () => last,
      };
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      setShown((at) => within(step(at ?? last)));
    });
    return () => controller.abort();
  }, [frame, days.length, last]);

  const day = shown === null ? undefined : days[shown];
  useEffect(() => {
    if (day === undefined || shown === null) return;
    frame.current?.setAttribute("aria-valuenow", String(shown));
    frame.current?.setAttribute("aria-valuetext", words(day));
  }, [frame, shown, day, words]);

  if (day === undefined || shown === null) return null;
  const middle = `${((shown + 0.5) / days.length) * 100}%`;
  return (
    <>
      <span
        aria-hidden="true"
        style={{ insetInlineStart: middle }}
        className="pointer-events-none absolute inset-y-0 w-px bg-border-strong"
      />
      <span
        aria-hidden="true"
        style={shown * 2 < days.length ? { insetInlineStart: middle } : { insetInlineEnd: `calc(100% - ${middle})` }}
        className="pointer-events-none absolute top-0 mx-2 whitespace-nowrap rounded-md border bg-raised px-2 py-1 text-text shadow-pop"
      >
        {words(day)}
      </span>
    </>
  );
}
