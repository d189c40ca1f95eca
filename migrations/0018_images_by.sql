CREATE INDEX `image_organization_name` ON `image` (`organization_id`,"name" collate nocase,`id`);--> statement-breakpoint
CREATE INDEX `image_organization_size` ON `image` (`organization_id`,`size`,`id`);--> statement-breakpoint
CREATE INDEX `image_organization_author` ON `image` (`organization_id`,`created_by`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `image_organization_type` ON `image` (`organization_id`,`type`,`created_at`,`id`);