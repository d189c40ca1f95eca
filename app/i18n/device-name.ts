import Bowser from "bowser";
import { m } from "./messages.ts";

export function deviceName(userAgent: string): { device: string; isPhone: boolean } {
  if (userAgent === "") return { device: m.common_device_unknown(), isPhone: false };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const isPhone = platform.type === "mobile" || platform.type === "tablet";
  const [name, system] = [browser.name || undefined, os.name || undefined];
  if (name === undefined && system === undefined) return { device: m.common_device_unknown(), isPhone };
  if (name === undefined || system === undefined) return { device: name ?? system ?? "", isPhone };
  return { device: m.common_device({ browser: name, system }), isPhone };
}
