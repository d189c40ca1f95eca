import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** Makes screen readers read out the new page's title after a link, which browsers do for whole documents only. */
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
