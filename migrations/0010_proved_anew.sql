ALTER TABLE `session` ADD `replaces` text;--> statement-breakpoint
CREATE INDEX `session_replaces` ON `session` (`replaces`);--> statement-breakpoint
ALTER TABLE `sign_up` ADD `browser_hash` text;