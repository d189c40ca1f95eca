import { isRouteErrorResponse, useLocation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { listedNames } from "#app/i18n/names-apart.ts";
import { peopleIn } from "#app/i18n/role-names.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Button, LinkButton } from "./button.tsx";
import { title } from "./title.ts";

type ErrorPageProps = {
  status: number;
  problem: {
    error: string;
    requestId?: string;
    name?: string;
    roles?: Role[];
    organization?: string;
    unsent?: Record<string, string | string[]>;
    fields?: Record<string, string[]>;
    code?: string;
  } | null;
  home?: string;
  /** Names of people to ask for what is not open. */
  owners?: readonly string[];
};

export function ErrorPage({ status, problem, home = "/", owners = [] }: ErrorPageProps) {
  const { title, description, canTryAgain } = wordsFor(problem, owners) ?? textsOf(status);
  const { pathname, search } = useLocation();
  const isUnsent = problem?.unsent !== undefined;
  const unsent = Object.entries(problem?.unsent ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  );
  return (
    <section className="m-auto grid w-full max-w-md justify-items-center px-4 py-20 text-center">
      <p className="rounded-full border bg-surface px-3 py-0.5 font-mono text-muted text-sm tabular-nums shadow-card">
        {status}
      </p>
      <h1 className="mt-5 text-balance font-semibold text-2xl">{title}</h1>
      <p className="mt-2 text-balance text-muted">{description}</p>
      {unsent.length > 0 && <p className="mt-2 text-balance text-muted">{m.errors_unavailable_unsent()}</p>}
      <div className="mt-7">
        {isUnsent ? (
          <form method="post">
            {unsent.map(({ name, value }) => (
              <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
            ))}
            <Button type="submit">{m.errors_try_again()}</Button>
          </form>
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
          <code dir="ltr" className="select-all break-all font-mono text-text text-xs">
            {problem.requestId}
          </code>
        </p>
      )}
    </section>
  );
}

export function errorTitle(error: unknown): string {
  const { status, data } = isRouteErrorResponse(error) ? error : { status: 500, data: null };
  return title((wordsFor(data, []) ?? textsOf(status)).title);
}

function wordsFor(problem: ErrorPageProps["problem"], owners: readonly string[]) {
  if (problem?.error === "another-person") {
    const { name = "" } = problem;
    return {
      title: m.errors_another_title(),
      description: m.errors_another_person({ name }),
      canTryAgain: false,
    };
  }
  if (problem?.error === "second-factor") {
    const { organization = "" } = problem;
    return {
      title: m.errors_second_factor_title({ organization }),
      description: m.errors_second_factor_description(),
      canTryAgain: false,
    };
  }
  if (problem?.error === "forbidden") {
    const roles = peopleIn(problem.roles ?? []);
    const description =
      owners.length === 0
        ? m.errors_forbidden_description({ roles })
        : m.errors_forbidden_ask({ roles, owners: listedNames(owners) });
    return { title: m.errors_forbidden_title(), description, canTryAgain: false };
  }
  // A button's form has no page of its own to say it on. Of an address that is wrong there are no words.
  const isRefused = problem?.error === "invalid" && problem.code !== undefined;
  const [refusal] = isRefused ? Object.values(problem.fields ?? {}).flat() : [];
  if (refusal !== undefined) return { title: m.errors_method_title(), description: refusal, canTryAgain: false };
  // No page of ours would send it either.
  return problem?.error === "cross-site" ? textsOf(405) : null;
}

function textsOf(status: number) {
  if (status === 405) {
    return { title: m.errors_method_title(), description: m.errors_method_description(), canTryAgain: false };
  }
  if (status === 429) {
    return { title: m.errors_too_many_title(), description: m.errors_too_many_description(), canTryAgain: true };
  }
  if (status === 503) {
    return { title: m.errors_unavailable_title(), description: m.errors_unavailable_description(), canTryAgain: true };
  }
  if (status >= 400 && status < 500) {
    return { title: m.errors_not_found_title(), description: m.errors_not_found_description(), canTryAgain: false };
  }
  return { title: m.errors_fault_title(), description: m.errors_fault_description(), canTryAgain: true };
}
