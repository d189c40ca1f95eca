import type { ReactNode } from "react";

type PageHeaderProps = { title: string; description?: ReactNode; actions?: ReactNode };

export function PageHeader({ title, description, actions }: PageHeaderProps) {
  const heading = (
    <h1 dir="auto" className="min-w-0 font-semibold text-2xl">
      {title}
    </h1>
  );
  return (
    <header className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-4 sm:mb-8">
      {description === undefined ? (
        heading
      ) : (
        <div className="min-w-0">
          {heading}
          <p className="mt-1 max-w-prose text-muted text-sm">{description}</p>
        </div>
      )}
      {actions !== undefined && (
        <div className="flex flex-wrap items-center gap-2 empty:hidden max-sm:w-full">{actions}</div>
      )}
    </header>
  );
}
