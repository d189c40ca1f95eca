import { useEffect } from "react";
import { useNavigate } from "react-router";

type Page = { page: number; pages: number; hrefFor: (page: number) => string };

export function useLastPage({ page, pages, hrefFor }: Page) {
  const navigate = useNavigate();
  const target = page > pages ? hrefFor(pages) : null;
  useEffect(() => {
    if (target !== null) navigate(target, { replace: true });
  }, [navigate, target]);
}
