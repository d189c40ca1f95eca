import { useEffect } from "react";
import { href, useLocation, useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Button, buttonClasses } from "../button.tsx";
import { noteEntry } from "./router.ts";
import { putAway, type Trouble, useIsWaiting, useTrouble } from "./trouble.ts";
import { giveBackTyped, keepTyped } from "./typed.ts";

export function TroubleBar() {
  const trouble = useTrouble();
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on every page
  useEffect(() => {
    noteEntry();
    giveBackTyped();
  }, [key]);
  useEffect(() => {
    const isBack = () => putAway("offline");
    addEventListener("online", isBack);
    return () => removeEventListener("online", isBack);
  }, []);
  return (
    <div role="alert" aria-live="assertive" className="fixed inset-x-3 bottom-3 z-30 mx-auto max-w-lg empty:hidden">
      {trouble && (
        <div className="flex items-start gap-3 rounded-xl border bg-raised p-4 text-sm text-text shadow-pop">
          <Icon name="triangle-alert" className="mt-0.5 text-warning" />
          <div className="min-w-0 flex-1">
            <p className="font-medium">{titleOf(trouble)}</p>
            <p className="mt-0.5 text-muted">{wordsFor(trouble)}</p>
            {trouble.kind !== "offline" && (
              <div className="mt-3">
                <Button type="button" size="small" onClick={() => goOn(trouble)}>
                  {trouble.kind === "session-ended" ? m.common_sign_in() : m.errors_reload()}
                </Button>
              </div>
            )}
          </div>
          <button
            type="button"
            aria-label={m.common_close()}
            onClick={() => putAway()}
            className={buttonClasses({ variant: "ghost", size: "small", isSquare: true })}
          >
            <Icon name="x" />
          </button>
        </div>
      )}
    </div>
  );
}

function goOn({ kind }: Trouble) {
  keepTyped();
  const { pathname, search } = location;
  if (kind !== "session-ended") return location.reload();
  location.assign(`${href("/login")}?${new URLSearchParams({ redirectTo: pathname + search })}`);
}

export function titleOf({ kind }: Trouble): string {
  if (kind === "offline") return m.errors_offline_title();
  if (kind === "outdated") return m.errors_outdated_title();
  return kind === "session-ended" ? m.errors_session_ended_title() : m.errors_another_title();
}

function wordsFor(trouble: Trouble): string {
  if (trouble.kind === "offline") return `${m.errors_offline_description()} ${m.errors_typed_kept()}`;
  if (trouble.kind === "outdated") return m.errors_outdated_description();
  if (trouble.kind === "session-ended") return m.errors_session_ended_description();
  return m.errors_another_person({ name: trouble.name });
}

export function LoadingBar() {
  const isGoing = useNavigation().state !== "idle";
  const isBusy = useIsWaiting() || isGoing;
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 top-0 z-30">
      {isBusy && (
        <div className="loading-bar h-0.5 bg-accent">
          <span className="sr-only">{m.common_loading()}</span>
        </div>
      )}
    </div>
  );
}
