import { SEEN_BY } from "./seen-by.ts";

/** Keeps out of the address what a form does not ask for: empty fields, and who sees the page. */
export function dropEmptyFields() {
  let asked: EventTarget | null = null;
  const note = ({ target, submitter }: SubmitEvent) => {
    asked = submitter?.getAttribute("formmethod") === "get" ? target : null;
  };
  document.addEventListener("submit", note, true);
  document.addEventListener("formdata", ({ target, formData }) => {
    if (!(target instanceof HTMLFormElement) || (target.method !== "get" && target !== asked)) return;
    for (const [name, value] of [...formData]) if (value === "" || name === SEEN_BY) formData.delete(name);
  });
}
