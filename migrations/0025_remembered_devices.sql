CREATE TABLE `remembered_device` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`authenticator_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`device_hash` text NOT NULL,
	`user_agent` text,
	`expires_at` integer NOT NULL,
	`created_at` integer DEFAULT (cast(unixepoch('subsec') * 1000 as integer)) NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `remembered_device_token_hash_unique` ON `remembered_device` (`token_hash`);--> statement-breakpoint
CREATE INDEX `remembered_device_user` ON `remembered_device` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `remembered_device_expires` ON `remembered_device` (`expires_at`);