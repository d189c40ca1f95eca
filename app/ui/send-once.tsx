import { use, useEffect } from "react";
import { UNSAFE_DataRouterContext as DataRouterContext } from "react-router";
import { isEqualForm } from "./line/equal-form.ts";

/** Drops a form that is already being sent: on a slow machine, a second press can come before the button shows as pending. */
export function SendOnce() {
  const router = use(DataRouterContext)?.router;
  useEffect(() => {
    if (router === undefined) return;
    const drop = (event: SubmitEvent) => {
      const { target, submitter } = event;
      if (!(target instanceof HTMLFormElement) || target.method !== "post") return;
      const { navigation, fetchers } = router.state;
      const { pathname, search } = new URL(actionOf(target, submitter));
      const content = new FormData(target, submitter);
      const isThis = ({ formAction, formData }: Sending) =>
        formAction === pathname + search && formData !== undefined && isEqualForm(formData, content);
      if (![navigation, ...fetchers.values()].some(isThis)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener("submit", drop, true);
    return () => document.removeEventListener("submit", drop, true);
  }, [router]);
  return null;
}

type Sending = { formAction?: string | undefined; formData?: FormData | undefined };

function actionOf(form: HTMLFormElement, submitter: HTMLElement | null): string {
  const own = submitter instanceof HTMLButtonElement && submitter.hasAttribute("formaction");
  return own ? submitter.formAction : form.action;
}
