CREATE TABLE "bulk_order_lines" (
	"bulk_order_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"state" text NOT NULL,
	"external_id" text,
	"entry" jsonb,
	"partner_order_id" uuid,
	"code" text,
	"message" text,
	"path" text[] NOT NULL,
	CONSTRAINT "bulk_order_lines_bulk_order_id_line_pk" PRIMARY KEY("bulk_order_id","line")
);

CREATE TABLE "bulk_orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"partner_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"format" text NOT NULL,
	"part_hashes" text[] NOT NULL,
	"line_count" integer NOT NULL,
	"is_complete" boolean NOT NULL,
	"uploaded_by" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_orders_partnerId_externalId_unique" UNIQUE("partner_id","external_id")
);

ALTER TABLE "bulk_order_lines" ADD CONSTRAINT "bulk_order_lines_bulk_order_id_bulk_orders_id_fk" FOREIGN KEY ("bulk_order_id") REFERENCES "public"."bulk_orders"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "bulk_orders" ADD CONSTRAINT "bulk_orders_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "bulk_order_lines_bulk_order_id_state_line_index" ON "bulk_order_lines" USING btree ("bulk_order_id","state","line");
CREATE INDEX "bulk_order_lines_bulk_order_id_external_id_index" ON "bulk_order_lines" USING btree ("bulk_order_id","external_id");
CREATE INDEX "bulk_orders_partner_id_id_index" ON "bulk_orders" USING btree ("partner_id","id");
