import { m } from "#app/i18n/messages.ts";
import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";

export type Crumb = { label: string; href?: string };

export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label={m.common_breadcrumb()} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map(({ label, href }, index) => {
          const isLast = index === crumbs.length - 1;
          // The current page has a short name, which stays whole beside the longest name of an organization.
          const look = isLast ? "max-w-full shrink-0 truncate" : "hidden min-w-0 items-center gap-1.5 sm:flex";
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two crumbs can have the same name, and they never change places
            <li key={index} className={look}>
              {isLast || href === undefined ? (
                <span
                  dir="auto"
                  aria-current={isLast ? "page" : undefined}
                  className={isLast ? "font-medium" : "truncate text-muted"}
                >
                  {label}
                </span>
              ) : (
                <Link to={href} dir="auto" className="truncate text-muted hover:text-text">
                  {label}
                </Link>
              )}
              {!isLast && <Icon name="chevron-right" className="size-3.5 text-muted rtl:-scale-x-100" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
