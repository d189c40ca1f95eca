import { useEffect } from "react";
import { useNavigate } from "react-router";

type Page = { page: number; pages: number; hrefFor: (page: number) => string };

/** Leads back to the last page when what was on this one has gone while somebody looked at it. */
export function useLastPage({ page, pages, hrefFor }: Page) {
  const navigate = useNavigate();
  const target = page > pages ? hrefFor(pages) : null;
  useEffect(() => {
    if (target !== null) navigate(target, { replace: true });
  }, [navigate, target]);
}
