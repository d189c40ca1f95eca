import type { ReactNode } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Heard } from "./heard.tsx";
import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";

type PaginationProps = {
  page: number;
  pages: number;
  hrefFor: (page: number) => string;
  onIntent?: (page: number) => void;
};

export function Pagination({ page, pages, hrefFor, onIntent }: PaginationProps) {
  if (pages < 2) return null;
  const link = (to: number) => ({
    to: hrefFor(to),
    ...(onIntent && { onPointerEnter: () => onIntent(to), onFocus: () => onIntent(to) }),
  });
  return (
    <nav
      aria-label={m.common_pagination()}
      className="mt-8 flex items-center justify-center gap-1 text-sm tabular-nums"
    >
      <Heard>{m.common_page_number({ page: formatNumber(page) })}</Heard>
      <Step {...(page > 1 && { link: link(page - 1) })} rel="prev" label={m.common_previous_page()}>
        <Icon name="chevron-left" className="rtl:-scale-x-100" />
      </Step>
      <ul className="flex items-center gap-1">
        {visiblePages(page, pages).map((each, index) =>
          each === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: only its position distinguishes a gap
            <li key={`gap-${index}`} aria-hidden="true" className="w-6 text-center text-muted">
              …
            </li>
          ) : (
            <li key={each}>
              <Link
                {...link(each)}
                aria-current={each === page ? "page" : undefined}
                aria-label={m.common_page_number({ page: formatNumber(each) })}
                className="page"
              >
                {formatNumber(each)}
              </Link>
            </li>
          ),
        )}
      </ul>
      <Step {...(page < pages && { link: link(page + 1) })} rel="next" label={m.common_next_page()}>
        <Icon name="chevron-right" className="rtl:-scale-x-100" />
      </Step>
    </nav>
  );
}

type StepProps = {
  link?: { to: string; onFocus?: () => void };
  rel: "prev" | "next";
  label: string;
  children: ReactNode;
};

function Step({ link, rel, label, children }: StepProps) {
  if (link === undefined) {
    return (
      <span aria-hidden="true" className="page">
        {children}
      </span>
    );
  }
  return (
    <Link {...link} rel={rel} aria-label={label} className="page">
      {children}
    </Link>
  );
}

function visiblePages(page: number, pages: number): (number | null)[] {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  const kept = numbers.filter((each) => each === 1 || each === pages || Math.abs(each - page) <= 1);
  return kept.flatMap((each, index) => {
    const missing = each - (kept[index - 1] ?? 0) - 1;
    if (missing === 0) return [each];
    return missing === 1 ? [each - 1, each] : [null, each];
  });
}
