import type { ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "./button.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Link } from "./link.tsx";
import { Logo } from "./logo.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

type PublicFrameProps = { isSignedIn?: boolean; children: ReactNode };

export function PublicFrame({ isSignedIn = false, children }: PublicFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-10 border-b bg-background">
        <div className="mx-auto flex min-h-16 max-w-6xl flex-wrap items-center gap-2 px-4 py-2 sm:px-8">
          <div className="flex flex-1">
            <Link to={href("/")} className="flex min-w-0 rounded-sm">
              <Logo />
            </Link>
          </div>
          <nav aria-label={m.common_main_navigation()} className="flex flex-wrap gap-1 sm:gap-2">
            {isSignedIn ? (
              <LinkButton to={href("/dashboard")} variant="secondary">
                {m.common_to_dashboard()}
              </LinkButton>
            ) : (
              <>
                <LinkButton to={href("/login")} variant="ghost">
                  {m.common_sign_in()}
                </LinkButton>
                <LinkButton to={href("/signup")} variant="secondary">
                  {m.common_sign_up()}
                </LinkButton>
              </>
            )}
          </nav>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {children}
      </main>
      <footer className="border-t">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-4 px-4 py-8 sm:px-8">
          <p className="text-muted text-sm">
            {m.common_footer_note()}{" "}
            <Link to={href("/developers")} className="rounded-sm underline underline-offset-4 hover:text-text">
              API
            </Link>
          </p>
          <div className="flex items-center gap-2">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </div>
      </footer>
    </div>
  );
}
