import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";

export function LandingPage() {
  return (
    <PublicFrame>
      <section className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-8 sm:py-24">
        <h1 className="max-w-4xl font-semibold text-display">{m.landing_hero_title()}</h1>
        <p className="mt-5 max-w-2xl text-pretty text-lg text-muted">{m.landing_hero_text()}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <LinkButton to={href("/signup")} size="large">
            {m.common_sign_up()}
            <Icon name="arrow-right" className="rtl:-scale-x-100" />
          </LinkButton>
          <LinkButton to={href("/login")} size="large" variant="secondary">
            {m.common_sign_in()}
          </LinkButton>
        </div>
      </section>
    </PublicFrame>
  );
}
