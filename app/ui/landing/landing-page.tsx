import type { ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Arches } from "../arches.tsx";
import { LinkButton } from "../button.tsx";
import { PublicFrame } from "../public-frame.tsx";
import { Costs } from "./costs.tsx";
import { Exhibit } from "./exhibit.tsx";
import { Features } from "./features.tsx";
import { ProductView } from "./product-view.tsx";
import { Steps } from "./steps.tsx";

export function LandingPage() {
  return (
    <PublicFrame>
      <div className="mx-auto w-full max-w-6xl px-4 sm:px-8">
        <section className="pt-14 pb-10 sm:pt-24 sm:pb-14">
          <p className="font-medium text-accent text-sm">{m.landing_hero_eyebrow()}</p>
          <h1 className="mt-4 max-w-5xl whitespace-pre-line font-semibold text-display">{m.landing_hero_title()}</h1>
          <p className="mt-5 max-w-2xl text-lg text-muted">{m.landing_hero_text()}</p>
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
        <ProductView />
        <div className="pt-20 sm:pt-28">
          <Exhibit />
        </div>
        <Section title={m.landing_steps_title()} text={m.landing_steps_text()}>
          <Steps />
        </Section>
        <Section title={m.landing_features_title()} text={m.landing_features_text()}>
          <Features />
        </Section>
        <Section title={m.landing_costs_title()} text={m.landing_costs_text()}>
          <Costs />
        </Section>
      </div>
      <Closing />
    </PublicFrame>
  );
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="pt-20 sm:pt-28">
      <h2 className="max-w-2xl font-semibold text-3xl">{title}</h2>
      <p className="mt-3 mb-9 max-w-2xl text-muted sm:mb-11">{text}</p>
      {children}
    </section>
  );
}

function Closing() {
  return (
    <section className="relative mt-20 overflow-hidden bg-brand text-brand-text sm:mt-28">
      <div className="mx-auto grid max-w-6xl gap-10 px-4 py-16 sm:px-8 sm:py-20 md:grid-cols-2 md:items-center">
        <div>
          <h2 className="font-semibold text-3xl">{m.landing_closing_title()}</h2>
          <p className="mt-3 max-w-md opacity-85">
            {m.landing_closing_text()} {m.landing_closing_demo()}
          </p>
          <pre dir="ltr" className="mt-7 w-fit rounded-md bg-brand-deep px-4 py-3 font-mono text-sm leading-6">
            <code>npm ci{"\n"}npm run dev</code>
          </pre>
          <div className="mt-7">
            <LinkButton
              to={href("/signup")}
              size="large"
              variant="secondary"
              className="border-transparent bg-brand-text text-brand shadow-none hover:bg-brand-text/90"
            >
              {m.common_sign_up()}
            </LinkButton>
          </div>
        </div>
        <Arches className="absolute end-0 -bottom-24 hidden w-md md:block lg:end-16" />
      </div>
    </section>
  );
}
