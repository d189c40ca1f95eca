CREATE TABLE `invite_link` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`prefix` text NOT NULL,
	`created_by` text,
	`domain` text,
	`uses` integer DEFAULT 0 NOT NULL,
	`maximum_uses` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "invite_link_uses" CHECK("invite_link"."uses" between 0 and "invite_link"."maximum_uses")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invite_link_token_hash_unique` ON `invite_link` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invite_link_organization_newest` ON `invite_link` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invite_link_created_by` ON `invite_link` (`created_by`);--> statement-breakpoint
CREATE INDEX `invite_link_expires` ON `invite_link` (`expires_at`);