import { href, isRouteErrorResponse, useLocation, useParams } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { listedNames } from "#app/i18n/names-apart.ts";
import { peopleIn } from "#app/i18n/role-names.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Button, LinkButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import type { Problem } from "./problem.ts";

type ErrorPageProps = {
  error: unknown;
  home?: string;
  /** The page that lists things like the missing or forbidden one, if the person may open that page. */
  list?: string | undefined;
  /** Names of the people to ask for access. */
  owners?: readonly string[];
};

export function ErrorPage({ error, home = "/", list, owners = [] }: ErrorPageProps) {
  const { status, problem } = problemOf(error);
  const { title, description, canTryAgain } = wordsFor(status, problem, owners);
  const { pathname, search } = useLocation();
  const things = Object.values(useParams());
  const isOwnPage = things.includes(problem?.back?.split("/").at(-1));
  const isInList = problem?.code !== undefined || status === 403 || status === 404;
  const before = status === 404 && isOwnPage ? undefined : problem?.back;
  const back = before ?? (isInList && list !== home ? list : undefined);
  const isFactorMissing = problem?.error === "second-factor";
  const unsent = Object.entries(problem?.unsent ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
  );
  return (
    <section className="m-auto grid w-full max-w-md justify-items-center px-4 py-20 text-center">
      {isFactorMissing ? (
        <Icon name="shield-check" className="size-10 stroke-[1.5] text-accent" />
      ) : (
        <p className="rounded-full border bg-surface px-3 py-0.5 font-mono text-muted text-sm tabular-nums shadow-card">
          {status}
        </p>
      )}
      {/* Read out when it takes the place of a page that is shown. */}
      <div role="alert" className="mt-5 grid gap-2 text-balance text-muted">
        <h1 className="font-semibold text-2xl text-text">{title}</h1>
        <p>{description}</p>
        {unsent.length > 0 && <p>{m.errors_unavailable_unsent()}</p>}
      </div>
      <div className="mt-7 flex flex-wrap justify-center gap-2">
        {isFactorMissing ? (
          <>
            <LinkButton to={href("/settings/security")}>{m.errors_second_factor_action()}</LinkButton>
            <LinkButton to={href("/confirm")} variant="secondary">
              {m.errors_confirm_action()}
            </LinkButton>
          </>
        ) : problem?.unsent ? (
          <>
            {status === 401 && (
              <LinkButton to={href("/login")} target="_blank">
                {m.common_sign_in()}
              </LinkButton>
            )}
            <form method="post">
              {unsent}
              <Button type="submit" variant={status === 401 ? "secondary" : "primary"}>
                {m.errors_try_again()}
              </Button>
            </form>
          </>
        ) : back !== undefined ? (
          <LinkButton to={back}>{m.errors_go_back()}</LinkButton>
        ) : canTryAgain ? (
          <LinkButton to={pathname + search} reloadDocument>
            {m.errors_try_again()}
          </LinkButton>
        ) : (
          <LinkButton to={home}>{m.errors_go_home()}</LinkButton>
        )}
      </div>
      {problem?.requestId !== undefined && (
        <p className="mt-8 text-muted text-sm">
          {m.errors_request_id()}{" "}
          <code dir="ltr" className="inline-block select-all break-words font-mono text-text text-xs">
            {problem.requestId}
          </code>
        </p>
      )}
    </section>
  );
}

export function errorWords(error: unknown): string {
  const { status, problem } = problemOf(error);
  return wordsFor(status, problem, []).title;
}

/** Every key that a problem can have. */
type Shown = {
  error: Problem["error"];
  requestId?: string;
  name?: string;
  roles?: Role[];
  /** The one that the person has, if it is too low for a write. */
  role?: Role;
  organization?: string;
  unsent?: Record<string, string | string[]>;
  fields?: Record<string, string[]>;
  code?: string;
  back?: string;
};

export function problemOf(error: unknown) {
  const problem: Shown | null = isRouteErrorResponse(error) ? error.data : null;
  return { status: isRouteErrorResponse(error) ? error.status : 500, problem };
}

type Words = { title: string; description: string; canTryAgain?: boolean };

function wordsFor(status: number, problem: Shown | null, owners: readonly string[]): Words {
  if (problem?.error === "another-person") {
    const { name = "" } = problem;
    return { title: m.errors_another_title(), description: m.errors_another_person({ name }) };
  }
  if (problem?.error === "second-factor") {
    const { organization = "" } = problem;
    return {
      title: m.errors_second_factor_title({ organization }),
      description: m.errors_second_factor_description(),
    };
  }
  if (problem?.error === "forbidden") {
    const roles = peopleIn(problem.roles ?? []);
    const description =
      owners.length === 0
        ? m.errors_forbidden_description({ roles })
        : m.errors_forbidden_ask({ roles, owners: listedNames(owners) });
    return { title: m.errors_forbidden_title(), description };
  }
  // A form that is only a button has no page to show its refusal on, so it is shown here. A wrong address has no `code`.
  const isRefused = problem?.error === "invalid" && problem.code !== undefined;
  const [refusal] = isRefused ? Object.values(problem.fields ?? {}).flat() : [];
  if (status === 429) {
    return {
      title: m.errors_too_many_title(),
      description: refusal ?? m.errors_too_many_description(),
      canTryAgain: refusal === undefined,
    };
  }
  // A wrong method and a cross-site request have the same title: no page of the app sends either.
  if (refusal !== undefined || status === 405 || problem?.error === "cross-site") {
    return { title: m.errors_method_title(), description: refusal ?? m.errors_method_description() };
  }
  if (status === 503) {
    return { title: m.errors_unavailable_title(), description: m.errors_unavailable_description(), canTryAgain: true };
  }
  if (status >= 400 && status < 500) {
    return { title: m.errors_not_found_title(), description: m.errors_not_found_description() };
  }
  return { title: m.errors_fault_title(), description: m.errors_fault_description(), canTryAgain: true };
}
