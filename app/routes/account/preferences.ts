import { chooseAppearance } from "#app/account/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { isLanguageGone } from "#app/ui/line/person.ts";
import { keepTyped } from "#app/ui/line/typed.ts";
import { showToast } from "#app/ui/toasts.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { Route } from "./+types/preferences";

export const loader = postOnly;

export const action = form(chooseAppearance, { leads: (_, { redirectTo }) => redirectTo });

/**
 * The control is back at the former choice by then, and has no room for words. The texts of a language and the times of a time zone
 * are part of the document, so those load a new one, also if the language was chosen in another tab.
 */
export async function clientAction({ request, serverAction }: Route.ClientActionArgs) {
  const sent = await request.clone().formData();
  const result = (await serverAction()) as FormAnswer | undefined;
  const [refusal] = result?.error?.[""] ?? [];
  if (refusal !== undefined) showToast({ tone: "error", message: refusal });
  const isOfDocument = sent.has("locale") || sent.has("timeZone") || isLanguageGone();
  if (result?.status !== "success" || !isOfDocument) return result;
  keepTyped();
  location.assign(String(sent.get("redirectTo")));
  return new Promise<never>(() => {});
}
