import { useEffect, useState } from "react";
import { m } from "#app/i18n/messages.ts";
import type { Chosen } from "./before-sending.ts";

export function PicturePreview({ file, isShown }: Chosen) {
  const url = useFileUrl(file);
  if (!isShown) return <p className="text-muted text-sm">{m.pictures_no_preview()}</p>;
  return url && <img src={url} alt={m.pictures_preview()} className="max-h-64 max-w-full rounded-md border" />;
}

/** An object URL of the file; null on the first render. */
export function useFileUrl(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
