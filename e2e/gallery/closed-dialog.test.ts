import { test } from "vitest";
import { openBrowser } from "../browser.ts";
import { anOwner, fromSomewhere, open } from "../journeys/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import { wordsOf } from "../words.ts";
import { galleryOf, upload } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

test("a new name that is refused after its dialog was closed says why in a message", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await upload(context, organization, [await aSmallPicture("harbour")]);
  await open(page, galleryOf(organization));
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("button", { name: say("gallery_rename"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  const name = dialog.getByLabel(say("gallery_name_label"));
  await name.fill("");
  const { promise: isClosed, resolve: letRefuse } = Promise.withResolvers<void>();
  await page.route(/\/rename/, (route) => isClosed.then(() => route.continue()));
  const isSent = page.waitForRequest((request) => request.method() === "POST");
  await name.press("Enter");
  await isSent;
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  letRefuse();
  await page.locator(".toast").getByText(say("gallery_name_missing")).waitFor();
});
