CREATE TABLE "clock_movements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reached_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"started_by" text NOT NULL,
	"waits_for" jsonb NOT NULL
);

