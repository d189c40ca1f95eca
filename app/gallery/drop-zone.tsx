import { ImageDown } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { m } from "#app/i18n/messages.ts";

/** Takes files which are dropped anywhere on the page or pasted into it, and says so while they hover. */
export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onFiles);

  useEffect(() => {
    take.current = onFiles;
  });

  useEffect(() => {
    // Entering a child comes before leaving its parent, so the depth is zero only outside the window.
    let depth = 0;
    const hover = (change: number) => {
      depth = change === 0 ? 0 : depth + change;
      setIsOver(depth > 0);
    };
    const controller = new AbortController();
    const on = <K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void) =>
      document.addEventListener(type, listener, { signal: controller.signal });
    on("dragenter", (event) => hasFiles(event.dataTransfer) && hover(1));
    on("dragleave", (event) => hasFiles(event.dataTransfer) && hover(-1));
    on("dragover", (event) => hasFiles(event.dataTransfer) && event.preventDefault());
    on("drop", (event) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      hover(0);
      take.current([...(event.dataTransfer?.files ?? [])]);
    });
    on("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) take.current(files);
    });
    return () => controller.abort();
  }, []);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-30 grid place-items-center bg-backdrop p-4 sm:p-8">
      <div className="grid size-full place-content-center justify-items-center gap-3 rounded-xl border-2 border-accent border-dashed bg-surface/90 text-center">
        <ImageDown aria-hidden="true" className="size-8 text-accent" />
        <p className="font-medium text-lg">{m.gallery_drop_here()}</p>
      </div>
    </div>
  );
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}
