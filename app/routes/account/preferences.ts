import { chooseLook } from "#app/account/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { showToast } from "#app/ui/toasts.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { Route } from "./+types/preferences";

export const loader = postOnly;

export const action = form(chooseLook, { leads: (_, { redirectTo }) => redirectTo });

/** The control is back at the former choice by then, and has no room for words. */
export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  const result = await serverAction();
  const [refusal] = (result as FormAnswer | undefined)?.error?.[""] ?? [];
  if (refusal !== undefined) showToast({ tone: "error", message: refusal });
  return result;
}
