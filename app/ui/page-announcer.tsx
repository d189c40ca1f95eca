import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** Reads out the title of the page that a link has led to, which browsers do for whole documents only. */
export function PageAnnouncer() {
  const { pathname } = useLocation();
  const region = useRef<HTMLParagraphElement>(null);
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    if (region.current) region.current.textContent = document.title;
  }, [pathname]);
  return <p ref={region} aria-live="polite" className="sr-only" />;
}
