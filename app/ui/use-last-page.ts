import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";

type Page = { page: number; pages: number };

/**
 * Returns what to show of a list. If the last row of its last page is gone, that is the page as it was, until the one before it
 * is there: an empty page would look as if nothing were left.
 */
export function useLastPage<Found extends Page>(found: Found, hrefFor: (page: number) => string): Found {
  const navigate = useNavigate();
  const { page, pages } = found;
  const here = hrefFor(page);
  const shown = useRef({ here, found });
  const target = page > pages ? hrefFor(pages) : null;
  if (target === null) shown.current = { here, found };
  useEffect(() => {
    if (target !== null) navigate(target, { replace: true });
  }, [navigate, target]);
  return shown.current.here === here ? shown.current.found : found;
}
