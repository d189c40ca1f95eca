import { z } from "zod";
import { asTime, pageAnswer, time } from "#app/fields/answers.ts";
import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import type { Image } from "./images.server.ts";

export const ImageAnswer = z
  .object({
    id: z.string(),
    name: z.string().meta({ examples: ["Lake at dawn"] }),
    type: z.enum(IMAGE_TYPES),
    size: z.int().min(1).describe("In bytes."),
    createdAt: time,
    createdBy: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe("The ID of a person or a key; `null` if the person's account was deleted."),
  })
  .meta({ id: "Image" });

export const ImageListAnswer = pageAnswer(ImageAnswer).meta({ id: "ImageList" });

export function imageAnswer({ id, name, type, size, createdAt, createdBy }: Omit<Image, "canRename" | "canRemove">) {
  return { id, name, type, size, createdAt: asTime(createdAt), createdBy };
}
