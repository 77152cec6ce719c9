CREATE TABLE "trial_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL,
	"tier" text NOT NULL,
	"seats" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"became_id" uuid,
	CONSTRAINT "trial_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "placements" (
	"account_id" uuid NOT NULL,
	"target" text NOT NULL,
	"key" text NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"failures" integer NOT NULL,
	"last_error" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"placed_at" timestamp (3) with time zone,
	CONSTRAINT "placements_account_id_target_key_pk" PRIMARY KEY("account_id","target","key")
);

ALTER TABLE "license_requests" ADD COLUMN "awaits" jsonb DEFAULT '[]'::jsonb NOT NULL;
CREATE INDEX "trial_copies_namespace" ON "trial_copies" USING btree ("namespace_id");
CREATE INDEX "placements_due" ON "placements" USING btree ("due_at","key");
CREATE INDEX "placements_key" ON "placements" USING btree ("key");
-- Namespaces that are known so far are looked at by the first round, and told what they are to have.
INSERT INTO "placements" ("account_id", "target", "key", "revision", "content", "state", "attempts", "failures", "due_at")
	SELECT DISTINCT account_id, 'NAMESPACE', 'nsp_' || replace(namespace_id::text, '-', ''), 0, '{}'::jsonb, 'PLACED', 0, 0, now()
	FROM "entitling_versions" WHERE namespace_id IS NOT NULL ON CONFLICT DO NOTHING;
