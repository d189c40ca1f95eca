import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { Link } from "./link.tsx";

type TabsProps = { label: string; items: readonly { to: string; label: string }[] };

export function Tabs({ label, items }: TabsProps) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each path has its own tab
  useEffect(() => {
    const current = nav.current?.querySelector("[aria-current=page]");
    if (!nav.current || !current) return;
    const middleOf = ({ left, width }: DOMRect) => left + width / 2;
    nav.current.scrollLeft += middleOf(current.getBoundingClientRect()) - middleOf(nav.current.getBoundingClientRect());
  }, [pathname]);
  const isAt = (place: string) => `${pathname}/`.toLowerCase().startsWith(`${place}/`.toLowerCase());
  return (
    <nav ref={nav} aria-label={label} className="-mx-4 mb-6 overflow-x-auto border-b px-4 sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-6 text-sm">
        {items.map((item) => (
          <li key={item.to}>
            <Link
              to={item.to}
              aria-current={isAt(item.to) ? "page" : undefined}
              className="-mb-px flex h-10 items-center whitespace-nowrap border-transparent border-b-2 font-medium text-muted transition-colors hover:text-text aria-[current=page]:border-accent aria-[current=page]:text-text aria-[current=page]:[scroll-initial-target:nearest] focus-visible:-outline-offset-2"
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
