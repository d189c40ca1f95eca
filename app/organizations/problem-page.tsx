import { href, isRouteErrorResponse } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { ErrorPage } from "#app/ui/error-page.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { Problem } from "#app/ui/problem.ts";

type ProblemPageProps = { error: unknown; home?: string; owners?: readonly string[] };

export function ProblemPage({ error, home = "/", owners = [] }: ProblemPageProps) {
  if (!isRouteErrorResponse(error)) return <ErrorPage status={500} problem={null} home={home} />;
  const problem: Problem | null = error.data;
  if (problem?.error === "second-factor") return <SecondFactorPage organization={problem.organization} />;
  return <ErrorPage status={error.status} problem={problem} home={home} owners={owners} />;
}

function SecondFactorPage({ organization }: { organization: string }) {
  return (
    <section className="m-auto grid w-full max-w-md justify-items-center px-4 py-20 text-center">
      <Icon name="shield-check" className="size-10 stroke-[1.5] text-accent" />
      <h1 className="mt-5 text-balance font-semibold text-2xl">{m.errors_second_factor_title({ organization })}</h1>
      <p className="mt-2 text-balance text-muted">{m.errors_second_factor_description()}</p>
      <div className="mt-7 flex flex-wrap justify-center gap-2">
        <LinkButton to={href("/settings/security")}>{m.errors_second_factor_action()}</LinkButton>
        <LinkButton to={href("/confirm")} variant="secondary">
          {m.errors_confirm_action()}
        </LinkButton>
      </div>
    </section>
  );
}
