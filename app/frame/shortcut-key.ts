/**
 * Returns the key as shortcuts name it, or null if it cannot belong to a shortcut: a person who types in a field, holds a
 * modifier or has a dialog or menu open means something else (WCAG 2.2, 2.1.4; shortcuts can be switched off as well).
 */
export function shortcutKeyOf(event: KeyboardEvent): string | null {
  const { key, code, target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented, repeat } = event;
  if (key.length !== 1 || ctrlKey || metaKey || altKey || isComposing || defaultPrevented || repeat) return null;
  if (document.documentElement.dataset.shortcuts === "off") return null;
  if (target instanceof Element && target.closest("input,textarea,select,[contenteditable],[popover]")) return null;
  if (document.querySelector("[role=dialog],[role=alertdialog],[popover]:popover-open") !== null) return null;
  if (key === "؟") return "?";
  // Keyboards for other scripts have the key in the same position.
  return key > "~" && code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}
