CREATE TABLE "order_partners" (
	"account_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	CONSTRAINT "order_partners_account_id_order_id_pk" PRIMARY KEY("account_id","order_id")
);

CREATE TABLE "partner_facts" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL
);

CREATE TABLE "report_export_parts" (
	"export_id" uuid NOT NULL,
	"first_byte" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "report_export_parts_export_id_first_byte_pk" PRIMARY KEY("export_id","first_byte")
);

CREATE TABLE "report_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requested_by" text NOT NULL,
	"report" text NOT NULL,
	"question" jsonb NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"definition_version" integer NOT NULL,
	"format" text NOT NULL,
	"status" text NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text,
	"saved_report_id" uuid,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL
);

CREATE INDEX "partner_facts_name_index" ON "partner_facts" USING btree ("name");
CREATE INDEX "report_exports_requested_by_id_index" ON "report_exports" USING btree ("requested_by","id" DESC NULLS LAST);
CREATE INDEX "report_exports_expires_at_index" ON "report_exports" USING btree ("expires_at");
