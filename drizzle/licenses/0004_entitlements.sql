CREATE TABLE "compute_usage" (
	"account_id" uuid NOT NULL,
	"namespace_id" uuid NOT NULL,
	"used_on" date NOT NULL,
	"minutes" integer NOT NULL,
	CONSTRAINT "compute_usage_account_id_namespace_id_used_on_pk" PRIMARY KEY("account_id","namespace_id","used_on")
);

CREATE TABLE "entitling_versions" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"effective_on" date NOT NULL,
	"status" text NOT NULL,
	"tier" text NOT NULL,
	"term_starts_on" date NOT NULL,
	"term_ends_on" date NOT NULL,
	"namespace_id" uuid,
	"charges" jsonb NOT NULL,
	CONSTRAINT "entitling_versions_account_id_subscription_id_version_pk" PRIMARY KEY("account_id","subscription_id","version")
);

CREATE TABLE "namespace_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "namespace_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE INDEX "compute_usage_namespace" ON "compute_usage" USING btree ("namespace_id","used_on");
CREATE INDEX "entitling_versions_subscription" ON "entitling_versions" USING btree ("subscription_id");
CREATE INDEX "entitling_versions_namespace" ON "entitling_versions" USING btree ("namespace_id");
CREATE INDEX "namespace_copies_id" ON "namespace_copies" USING btree ("id");
-- What is known so far: the newest version of each subscription, and the namespaces that have one.
INSERT INTO "entitling_versions" SELECT account_id, id, version, term_starts_on, status, tier, term_starts_on, term_ends_on, namespace_id,
	(SELECT coalesce(jsonb_agg(jsonb_build_object('sku', copies.sku) || charge), '[]'::jsonb) FROM jsonb_array_elements(copies.charges) AS charge)
	FROM "subscription_copies" AS copies ON CONFLICT DO NOTHING;
INSERT INTO "namespace_copies" SELECT DISTINCT account_id, namespace_id, '' FROM "subscription_copies" WHERE namespace_id IS NOT NULL ON CONFLICT DO NOTHING;
CREATE TRIGGER entitling_versions_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "entitling_versions" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
