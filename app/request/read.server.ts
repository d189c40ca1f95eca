import type { LoaderFunctionArgs } from "react-router";
import type { z } from "zod";
import { problem } from "./answers.server.ts";
import type { AuthenticationFor, Authorization, GrantBy, InputFor, Scope } from "./grant.server.ts";
import { accessQuestion, authenticated, authorized, guarded, Refused, scopeOf, slugOf } from "./pipeline.server.ts";
import type { Plan } from "./plan.ts";
import { servicesContext } from "./services.server.ts";
import { parse, searchOf } from "./validate.server.ts";

type Read<A extends Authorization, N extends AuthenticationFor<A>, S extends z.ZodType<InputFor<A>>, T, R> = {
  /** Over params and search; pure. */
  validate: S;
  /** Request headers the answer depends on, in lower case; `validate` finds those that came under `headers`. */
  headers?: readonly string[];
  authenticate: N;
  authorize: A;
  /** Describes what to read; nothing has run, and access is not known yet. */
  execute: (scope: Scope<A>, input: z.output<S>) => Plan<T>;
  /** Shapes what was read into the answer; access is known by then. Left out: the answer is what was read. */
  answer?: (found: T, grant: GrantBy<A, N>, input: z.output<S>) => R | Promise<R>;
};

/** Declares a loader: four steps, one trip to the database. */
export function read<
  A extends Authorization,
  N extends AuthenticationFor<A>,
  S extends z.ZodType<InputFor<A>>,
  T,
  R = T,
>(declaration: Read<A, N, S, T, R>) {
  const { validate, headers, authenticate, authorize, execute, answer } = declaration;

  async function loader({ request, params, context }: LoaderFunctionArgs): Promise<R> {
    const services = context.get(servicesContext);
    const passage = { request, services, authenticate, authorize };
    const { trace, reader } = services;
    return guarded(passage, async () => {
      const viewer = await authenticated(passage);
      const input = await trace.time("validate", () => parse(validate, inputOf(request, params, headers), params));
      if (!input.ok) {
        const { status, fields } = input;
        throw new Refused(
          problem(request, status, status === 404 ? { error: "not-found" } : { error: "invalid", fields }),
        );
      }
      const slug = slugOf(authorize, input.value);
      const described = execute(scopeOf(passage, viewer, slug) as Scope<A>, input.value);
      const question = accessQuestion(passage, viewer, slug);
      const rows = await trace.time("authorize", () => reader.run(question, described.statements));
      const accessRow = question === null ? undefined : (rows.shift() as unknown[])[0];
      const grant = (await authorized(passage, { viewer, slug, row: accessRow })) as GrantBy<A, N>;
      return trace.time("execute", async () => {
        const found = described.shape(rows);
        return answer === undefined ? (found as unknown as R) : answer(found, grant, input.value);
      });
    });
  }

  return Object.assign(loader, { declaration: { kind: "read", authenticate, authorize } as const });
}

function inputOf(request: Request, params: Record<string, unknown>, names: readonly string[] | undefined) {
  const input = { ...searchOf(new URL(request.url)), ...params };
  if (names === undefined) return input;
  const sent = names.flatMap((name) => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { ...input, headers: Object.fromEntries(sent) };
}
