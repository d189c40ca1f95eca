import { rmdir } from "node:fs/promises";
import path from "node:path";

/** Removes the folders that are empty without these files. Git does not keep them, so a clone would lack what the tree still has. */
export async function removeEmptied(files: readonly string[]): Promise<void> {
  for (const file of files) {
    let folder = path.dirname(file);
    while (await isRemoved(folder)) folder = path.dirname(folder);
  }
}

function isRemoved(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error) => {
      if (["ENOTEMPTY", "EEXIST"].includes(error.code)) return false;
      // Another file of the same folder has removed it.
      if (error.code === "ENOENT") return true;
      throw error;
    },
  );
}
