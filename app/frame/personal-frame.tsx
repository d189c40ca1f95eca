import type { DehydratedState } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { href } from "react-router";
import { Link } from "#app/ui/link.tsx";
import { Logo } from "#app/ui/logo.tsx";
import { SkipLink } from "#app/ui/skip-link.tsx";
import { Cached } from "./cached.tsx";
import { FrameActions } from "./frame-actions.tsx";
import { UserMenu, type Viewer } from "./user-menu.tsx";
import { ZoneNote } from "./zone-note.tsx";

type PersonalFrameProps = {
  frame: { viewer: Viewer; queries: DehydratedState } | null;
  children: ReactNode;
};

export function PersonalFrame({ frame, children }: PersonalFrameProps) {
  return (
    <Cached {...(frame && { queries: frame.queries })}>
      <div className="flex min-h-dvh flex-col">
        <SkipLink />
        <header className="sticky top-0 z-10 flex h-14 shrink-0 items-center justify-between border-b bg-background px-4 sm:px-8">
          <Link to={frame === null ? href("/") : href("/organizations")} className="inline-flex rounded-sm">
            <Logo />
          </Link>
          {frame !== null && (
            <div className="flex items-center gap-2">
              <FrameActions pages={[]} commands={[]} />
              <UserMenu viewer={frame.viewer} />
            </div>
          )}
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 py-8 outline-none sm:px-8 sm:py-14"
        >
          {children}
          <ZoneNote />
        </main>
      </div>
    </Cached>
  );
}
