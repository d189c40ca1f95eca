import type { ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Arches } from "./arches.tsx";
import { Icon } from "./icon.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Link } from "./link.tsx";
import { Logo } from "./logo.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

type AccountFrameProps = {
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

export function AccountFrame({ title, description, footer, children }: AccountFrameProps) {
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(0,1fr)_minmax(0,30rem)] xl:grid-cols-2">
      <SkipLink />
      <div className="flex min-w-0 flex-col px-5 sm:px-8">
        <header className="flex h-16 items-center">
          <Link to={href("/")} className="inline-flex rounded-sm">
            <Logo />
          </Link>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10 outline-none"
        >
          <h1 className="font-semibold text-2xl">{title}</h1>
          {description !== undefined && <p className="mt-1.5 text-muted text-sm">{description}</p>}
          <div className="mt-7 grid grid-cols-[minmax(0,1fr)]">{children}</div>
          {footer !== undefined && (
            <div className="mt-7 text-muted text-sm [&_a]:font-medium [&_a]:text-accent [&_a]:hover:underline">
              {footer}
            </div>
          )}
        </main>
        <footer className="flex h-16 items-center justify-between gap-2">
          <LanguageSwitch />
          <ThemeSwitch />
        </footer>
      </div>
      <BrandPanel />
    </div>
  );
}

function BrandPanel() {
  const points = [m.common_brand_apart(), m.common_brand_roles(), m.common_brand_log()];
  return (
    <aside className="relative hidden flex-col justify-between overflow-hidden bg-brand p-10 text-brand-text lg:flex xl:p-14">
      <div>
        <p className="max-w-md text-balance font-medium text-3xl">{m.common_brand_statement()}</p>
        <ul className="mt-6 grid gap-2 text-sm opacity-85">
          {points.map((point) => (
            <li key={point} className="flex items-start gap-2">
              <Icon name="check" className="mt-0.5" />
              {point}
            </li>
          ))}
        </ul>
      </div>
      <Arches className="-mb-px mx-auto w-full max-w-lg translate-y-14 xl:translate-y-16" />
    </aside>
  );
}
