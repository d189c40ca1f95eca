CREATE TABLE `__new_former_slug` (
	`slug` text PRIMARY KEY NOT NULL,
	`organization_id` text,
	`held_until` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
INSERT INTO `__new_former_slug`("slug", "organization_id", "held_until") SELECT "slug", "organization_id", "held_until" FROM `former_slug`;--> statement-breakpoint
DROP TABLE `former_slug`;--> statement-breakpoint
ALTER TABLE `__new_former_slug` RENAME TO `former_slug`;--> statement-breakpoint
CREATE INDEX `former_slug_organization` ON `former_slug` (`organization_id`);--> statement-breakpoint
CREATE INDEX `former_slug_held_until` ON `former_slug` (`held_until`);