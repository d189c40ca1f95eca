import { type RefObject, useEffect } from "react";
import { useNavigate } from "react-router";

/** In pixels. A shorter movement is a tap or a resting hand. */
const FAR_ENOUGH = 48;

/** A swipe across the picture opens the next or the previous one, as the arrow keys do. */
export function useSwipe(
  frame: RefObject<HTMLElement | null>,
  { previous, next }: { previous: string | null; next: string | null },
) {
  const navigate = useNavigate();
  useEffect(() => {
    const picture = frame.current;
    if (picture === null) return;
    const controller = new AbortController();
    let start: Touch | undefined;
    const begin = ({ touches }: TouchEvent) => {
      start = touches.length === 1 ? touches[0] : undefined;
    };
    const end = ({ changedTouches: [last] }: TouchEvent) => {
      if (start === undefined || last === undefined) return;
      const [across, down] = [last.clientX - start.clientX, last.clientY - start.clientY];
      if (Math.abs(across) < FAR_ENOUGH || Math.abs(across) < 2 * Math.abs(down)) return;
      const isForward = document.dir === "rtl" ? across > 0 : across < 0;
      const to = isForward ? next : previous;
      if (to !== null) void navigate(to);
    };
    picture.addEventListener("touchstart", begin, { passive: true, signal: controller.signal });
    picture.addEventListener("touchend", end, { signal: controller.signal });
    return () => controller.abort();
  }, [frame, navigate, previous, next]);
}
