import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import {
  anAddress,
  figure,
  fillSignIn,
  fillSignUp,
  follow,
  fromSomewhere,
  onDisk,
  open,
  openMail,
  path,
  signOut,
  takenOver,
} from "../journeys/steps.ts";
import { aPhotograph, aSmallPicture } from "../pictures.ts";

const browser = openBrowser();

test("a person signs up, proves the address, makes an organization, fills its gallery, leaves and comes back", async () => {
  const { name, email } = { name: "Nora Newcomer", email: anAddress() };
  await using visit = await browser.visit(fromSomewhere());
  await open(visit.page, "/signup");
  await fillSignUp(visit.page, { name, email });
  const mail = await openMail(visit.page, email, "Confirm your email address");
  const page = await follow(visit.context, mail, "Confirm email address");
  await page.waitForURL("**/onboarding");
  await takenOver(page);

  await page.getByLabel("Name").fill("Harbour Lights");
  await page.getByLabel("Logo").setInputFiles(await aSmallPicture("logo", "webp"));
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByRole("link", { name: "Skip for now" }).click();
  await page.waitForURL("**/organizations/harbour-lights*/dashboard");
  const dashboard = path(page);
  const logo = page.locator("aside").getByRole("button", { name: "Switch organization" }).locator("img");
  await expect.poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(240);
  expect(await figure(page, "Images").innerText()).toBe("0");

  await page.getByRole("link", { name: "Gallery", exact: true }).click();
  await uploadSeeingProgress(page);
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await expect.poll(() => figure(page, "Images").innerText()).toBe("3");
  await page.getByText("Uploaded “Evening by the lake”").waitFor();

  await page.getByRole("link", { name: "Gallery", exact: true }).click();
  await act(page, "Evening by the lake", "Rename");
  const renaming = page.getByRole("dialog", { name: "Rename image" });
  await renaming.getByLabel("Name").fill("Last light");
  await renaming.getByRole("button", { name: "Save name" }).click();
  await renaming.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Last light" }).waitFor();
  await act(page, "Fog", "Delete…");
  const removing = page.getByRole("alertdialog", { name: "Delete image" });
  await removing.getByRole("button", { name: "Delete" }).click();
  await removing.waitFor({ state: "detached" });
  // The three images were sent at the same time, so any of them can be the newest.
  const names = async () => (await imageNames(page)).sort();
  await expect.poll(names).toEqual(["Last light", "Ridge"]);
  await page.reload();
  expect(await names()).toEqual(["Last light", "Ridge"]);

  await signOut(page, { name });
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/Harbour Lights|Last light/);
  await page.goto("/login");
  await takenOver(page);
  await fillSignIn(page, { email });
  await page.waitForURL(`**${dashboard}`);
  await expect.poll(() => figure(page, "Images").innerText()).toBe("2");
});

async function uploadSeeingProgress(page: Page) {
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 500_000 };
  await network.send("Network.emulateNetworkConditions", slow);
  await page.getByRole("heading", { name: "Gallery" }).waitFor();
  const photographs = await Promise.all(
    ["Ridge", "Fog", "Evening by the lake"].map((each, index) => aPhotograph(each, index)),
  );
  await page.getByLabel("Upload images").setInputFiles(await onDisk(...photographs));
  const uploads = page.getByRole("region", { name: "Uploads" });
  const bar = uploads.getByRole("progressbar", { name: "Ridge.jpg" });
  const share = () => bar.evaluate((element) => (element instanceof HTMLProgressElement ? element.value : null));
  await expect.poll(share, { interval: 10 }).toSatisfy((value) => value !== null && value > 0 && value < 1);
  await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await page.getByRole("status").filter({ hasText: "3 images uploaded" }).waitFor();
  await expect.poll(async () => (await imageNames(page)).toSorted()).toEqual(["Evening by the lake", "Fog", "Ridge"]);
  for (const image of await page.getByRole("main").getByRole("link").getByRole("img").all()) {
    await expect.poll(() => isUpright(image), { message: "the way the EXIF says" }).toBe(true);
  }
  await uploads.getByRole("button", { name: "Close uploads" }).click();
}

async function act(page: Page, image: string, action: "Rename" | "Delete…") {
  await page.getByRole("button", { name: `Actions for ${image}` }).click();
  await page.getByRole("button", { name: action }).click();
}

async function imageNames(page: Page): Promise<string[]> {
  return page.getByRole("main").getByRole("listitem").getByRole("heading").allInnerTexts();
}

function isUpright(image: Locator): Promise<boolean> {
  return image.evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => naturalHeight > naturalWidth);
}

test("without JavaScript a person signs up, fills a gallery and comes back, with links and forms only", async () => {
  const { name, email } = { name: "Noel Noscript", email: anAddress() };
  await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled: false }));
  await visit.page.goto("/signup");
  await fillSignUp(visit.page, { name, email });
  const mail = await openMail(visit.page, email, "Confirm your email address");
  const page = await follow(visit.context, mail, "Confirm email address");
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await page.waitForURL("**/onboarding");

  await page.getByLabel("Name").fill("Plain Paper");
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByRole("link", { name: "Skip for now" }).click();
  await page.waitForURL("**/organizations/plain-paper*/dashboard");
  const dashboard = path(page);

  await page.getByRole("link", { name: "Gallery", exact: true }).click();
  await page.getByLabel("Upload images").setInputFiles(await onDisk(await aPhotograph("Slow boat")));
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await page.getByRole("heading", { name: "Slow boat" }).waitFor();
  await page.getByRole("link", { name: "Slow boat" }).click();
  await page.getByRole("heading", { name: "Slow boat" }).waitFor();
  await page.getByLabel("Name").fill("Fast boat");
  await page.getByRole("button", { name: "Save name" }).click();
  await page.getByRole("heading", { name: "Fast boat" }).waitFor();
  await page.getByText("Delete…", { exact: true }).click();
  await page.getByRole("button", { name: "Delete image" }).click();
  await page.getByRole("heading", { name: "No images yet" }).waitFor();

  await signOut(page, { name });
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await fillSignIn(page, { email, password: "not the one it is" });
  await page.getByRole("alert").filter({ hasText: "Incorrect email or password" }).waitFor();
  await fillSignIn(page, { email });
  await page
    .getByRole("heading", { name: "Gallery" })
    .or(page.getByRole("heading", { name: "Dashboard" }))
    .waitFor();
  await page.goto("/");
  expect(path(page)).toBe(dashboard);
  expect(await figure(page, "Images").innerText()).toBe("0");
});
