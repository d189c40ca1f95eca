import { isEqualForm } from "./equal-form.ts";
import { underWay } from "./under-way.ts";

/** Drops a form that is already being sent: on a slow machine, a second press can come before the button shows as pending. */
export function sendOnce() {
  const drop = (event: SubmitEvent) => {
    const { target, submitter } = event;
    if (!(target instanceof HTMLFormElement) || target.method !== "post") return;
    const { pathname, search } = new URL(submitter?.getAttribute("formaction") ?? target.action, location.href);
    const content = new FormData(target, submitter);
    const isThis = ({ formAction, formData }: ReturnType<typeof underWay>[number]) =>
      formAction === pathname + search && formData !== undefined && isEqualForm(formData, content);
    if (!underWay().some(isThis)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("submit", drop, true);
}
