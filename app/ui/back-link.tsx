import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";

export type Back = { to: string; label: string };

export function BackLink({ to, label }: Back) {
  return (
    <Link
      to={to}
      className="print:hidden mb-4 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text"
    >
      <Icon name="arrow-left" className="rtl:-scale-x-100" />
      {label}
    </Link>
  );
}
