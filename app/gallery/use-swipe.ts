import { type TouchEvent, useRef } from "react";
import { useNavigate } from "react-router";

/** In pixels. A shorter movement is a tap or a resting hand. */
const FAR_ENOUGH = 48;

/** What to listen to on the picture: a swipe across it opens the next or the previous one, as the arrow keys do. */
export function useSwipe({ previous, next }: { previous: string | null; next: string | null }) {
  const navigate = useNavigate();
  const start = useRef<{ clientX: number; clientY: number }>(undefined);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      start.current = touches.length === 1 ? touches[0] : undefined;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const last = changedTouches[0];
      if (start.current === undefined || last === undefined) return;
      const [across, down] = [last.clientX - start.current.clientX, last.clientY - start.current.clientY];
      if (Math.abs(across) < FAR_ENOUGH || Math.abs(across) < 2 * Math.abs(down)) return;
      const isForward = document.dir === "rtl" ? across > 0 : across < 0;
      const to = isForward ? next : previous;
      if (to !== null) void navigate(to);
    },
  };
}
