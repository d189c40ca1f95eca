const names: Record<string, string> = {
  "image/jpeg": "JPEG",
  "image/png": "PNG",
  "image/webp": "WebP",
  "image/gif": "GIF",
  "image/avif": "AVIF",
};

export const typeNames = Object.entries(names).map(([value, label]) => ({ value, label }));

export function nameOfType(type: string): string {
  return names[type] ?? type;
}
