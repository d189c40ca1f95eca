CREATE TABLE `trashed_image` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`created_by` text,
	`created_by_key` text,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	`updated_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	`deleted_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `trashed_image_organization_newest` ON `trashed_image` (`organization_id`,`deleted_at`,`id`);--> statement-breakpoint
CREATE INDEX `trashed_image_created_by` ON `trashed_image` (`created_by`);--> statement-breakpoint
CREATE INDEX `trashed_image_deleted` ON `trashed_image` (`deleted_at`);
--> statement-breakpoint
-- What is in the trash still counts toward the quota.
CREATE TRIGGER `trashed_image_added` AFTER INSERT ON `trashed_image` BEGIN
  UPDATE `organization` SET `storage_used` = `storage_used` + new.`size` WHERE `id` = new.`organization_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `trashed_image_removed` AFTER DELETE ON `trashed_image` BEGIN
  UPDATE `organization` SET `storage_used` = `storage_used` - old.`size` WHERE `id` = old.`organization_id`;
END;
