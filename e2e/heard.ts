import type { Page } from "playwright-core";

declare global {
  interface Window {
    heard: string[];
  }
}

/** Notes what changes in live regions that are already there. A region that is added together with its text is not read out. */
export async function listen(page: Page) {
  await page.evaluate(() => {
    window.heard = [];
    const regions = new Set(document.querySelectorAll("[aria-live]"));
    const note = ({ target }: MutationRecord) => {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest("[aria-live]");
      if (region && regions.has(region)) window.heard.push(region.textContent ?? "");
    };
    new MutationObserver((records) => records.forEach(note)).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return () => page.evaluate(() => window.heard);
}
