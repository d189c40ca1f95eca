import { useEffect, useRef, useState } from "react";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";

export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onFiles);

  useEffect(() => {
    take.current = onFiles;
  });

  useEffect(() => {
    // Entering a child fires before leaving its parent, so the depth is zero only outside the window.
    let depth = 0;
    const hover = (change: number) => {
      depth = change === 0 ? 0 : depth + change;
      setIsOver(depth > 0);
    };
    const controller = new AbortController();
    const on = <K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void) =>
      document.addEventListener(type, listener, { signal: controller.signal });
    // An image of this page also carries a file while it is dragged.
    let isOwn = false;
    on("dragstart", () => {
      isOwn = true;
    });
    on("dragend", () => {
      isOwn = false;
    });
    const brings = ({ dataTransfer }: DragEvent) => !isOwn && hasFiles(dataTransfer);
    on("dragenter", (event) => brings(event) && hover(1));
    on("dragleave", (event) => brings(event) && hover(-1));
    on("dragover", (event) => brings(event) && event.preventDefault());
    on("drop", (event) => {
      if (!brings(event)) return;
      event.preventDefault();
      hover(0);
      take.current([...(event.dataTransfer?.files ?? [])]);
    });
    on("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0 && isMeantForPage(event)) take.current(files);
    });
    return () => controller.abort();
  }, []);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-30 grid place-items-center bg-backdrop p-4 sm:p-8">
      <div className="grid size-full place-content-center justify-items-center gap-3 rounded-xl border-2 border-accent border-dashed bg-surface/90 text-center">
        <Icon name="image-down" className="size-8 text-accent" />
        <p className="font-medium text-lg">{m.gallery_drop_here()}</p>
      </div>
    </div>
  );
}

const TYPED_INTO =
  "input:not([type=file], [type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";

/** Whether files are pasted, not text into a field or a dialog. A table copied as text is on the clipboard as a picture, too. */
function isMeantForPage({ clipboardData, target }: ClipboardEvent): boolean {
  if (document.querySelector("dialog[open], [role=dialog], [role=alertdialog]") !== null) return false;
  if (target instanceof Element && target.closest(TYPED_INTO) !== null) return false;
  // A copied file also puts its name on the clipboard as text.
  const names = Array.from(clipboardData?.files ?? [], ({ name }) => name);
  const lines = (clipboardData?.getData("text/plain") ?? "").split(/[\r\n]+/).filter((line) => line.trim() !== "");
  return lines.every((line) => names.includes(line.trim().split(/[/\\]/).at(-1) ?? ""));
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}
