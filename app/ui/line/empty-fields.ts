/** Keeps what was left empty out of the address that a form leads to, whoever reads the form: the router or the browser. */
export function dropEmptyFields() {
  document.addEventListener("formdata", ({ target, formData }) => {
    if (!(target instanceof HTMLFormElement) || target.method !== "get") return;
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}
