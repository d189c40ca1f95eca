import { type RefObject, useEffect, useState } from "react";

/** Puts a file that is dropped anywhere on the form into the field. Returns whether a file is being dragged over the form. */
export function useFileDrop(input: RefObject<HTMLInputElement | null>): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const form = input.current?.form;
    if (!form) return;
    const controller = new AbortController();
    const on = (type: "dragover" | "dragleave" | "drop", listener: (event: DragEvent) => void) =>
      form.addEventListener(type, listener, { signal: controller.signal });
    on("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setIsOver(true);
    });
    on("dragleave", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) setIsOver(false);
    });
    on("drop", (event) => {
      const [file] = event.dataTransfer?.files ?? [];
      setIsOver(false);
      if (file === undefined || input.current === null) return;
      event.preventDefault();
      const only = new DataTransfer();
      only.items.add(file);
      input.current.files = only.files;
      for (const type of ["input", "change"]) input.current.dispatchEvent(new Event(type, { bubbles: true }));
      input.current.focus();
    });
    return () => controller.abort();
  }, [input]);
  return isOver;
}
