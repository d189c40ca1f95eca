ALTER TABLE `image` ADD `once` text;--> statement-breakpoint
CREATE UNIQUE INDEX `image_organization_once` ON `image` (`organization_id`,`once`) WHERE "once" is not null;--> statement-breakpoint
ALTER TABLE `trashed_image` ADD `once` text;--> statement-breakpoint
CREATE UNIQUE INDEX `trashed_image_organization_once` ON `trashed_image` (`organization_id`,`once`) WHERE "once" is not null;