import { useLayoutEffect } from "react";
import { useNavigate } from "react-router";

export function useArrowKeys({ previous, next }: { previous: string | null; next: string | null }) {
  const navigate = useNavigate();
  // A layout effect, so that it runs together with the page change: a key pressed right after must not use the old neighbours.
  useLayoutEffect(() => {
    function turn(event: KeyboardEvent) {
      const isTyping =
        event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]");
      if (isTyping || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const [backward, forward] = document.dir === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
      const to = event.key === backward ? previous : event.key === forward ? next : null;
      if (to !== null) void navigate(to);
    }
    document.addEventListener("keydown", turn);
    return () => document.removeEventListener("keydown", turn);
  }, [navigate, previous, next]);
}
