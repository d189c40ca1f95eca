ALTER TABLE `notification` ADD `target_id` text;--> statement-breakpoint
ALTER TABLE `notification` ADD `target_name` text;