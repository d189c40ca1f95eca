import { SQUARE_SIDE } from "./limits.ts";

export type Shape = "round" | "square";

/** In pixels of the upright picture. */
export type Part = { x: number; y: number; width: number; height: number };

/** Returns a PNG of the part, at most as large as the server keeps it. Rejects if this browser cannot open the file. */
export async function cutPicture(file: File, { x, y, width, height }: Part): Promise<File> {
  const side = Math.max(1, Math.min(SQUARE_SIDE, Math.round(width)));
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("This browser has no 2D canvas.");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, x, y, width, height, 0, 0, side, side);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("This browser could not encode the picture.");
  return new File([blob], "picture.png", { type: blob.type });
}
