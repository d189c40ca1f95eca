import type { ReactNode } from "react";
import { Link } from "#app/ui/link.tsx";
import { Logo } from "#app/ui/logo.tsx";
import { SkipLink } from "#app/ui/skip-link.tsx";

type BareFrameProps = { home: string; actions?: ReactNode; children: ReactNode };

/** For people who are in no organization, and for errors when the viewer is not known. */
export function BareFrame({ home, actions, children }: BareFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-10 flex h-14 shrink-0 items-center justify-between border-b bg-background px-4 sm:px-8">
        <Link to={home} className="inline-flex rounded-sm">
          <Logo />
        </Link>
        <div className="flex items-center gap-2">{actions}</div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 pt-8 pb-28 outline-none sm:px-8 sm:pt-14"
      >
        {children}
      </main>
    </div>
  );
}
