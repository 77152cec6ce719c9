CREATE TABLE "lead_deliveries" (
	"account_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"target" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"last_error" text,
	"reference" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	CONSTRAINT "lead_deliveries_account_id_lead_id_target_pk" PRIMARY KEY("account_id","lead_id","target")
);

CREATE TABLE "leads" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"source" text NOT NULL,
	"subject" text NOT NULL,
	"message" text NOT NULL,
	"raised_by" text,
	"status" text NOT NULL,
	"signals" integer NOT NULL,
	"last_signal_on" date NOT NULL,
	"closed_on" date,
	"closed_reason" text,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leads_account_id_id_pk" PRIMARY KEY("account_id","id")
);

ALTER TABLE "lead_deliveries" ADD CONSTRAINT "lead_deliveries_account_id_lead_id_leads_account_id_id_fk" FOREIGN KEY ("account_id","lead_id") REFERENCES "public"."leads"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "lead_deliveries_lead_id_target_index" ON "lead_deliveries" USING btree ("lead_id","target");
CREATE INDEX "leads_id_index" ON "leads" USING btree ("id");
CREATE INDEX "leads_status_id_index" ON "leads" USING btree ("status","id" DESC NULLS LAST);
CREATE INDEX "leads_organization_id_id_index" ON "leads" USING btree ("organization_id","id" DESC NULLS LAST);
CREATE INDEX "leads_account_id_source_subject_id_index" ON "leads" USING btree ("account_id","source","subject","id" DESC NULLS LAST);
CREATE UNIQUE INDEX "leads_open_once" ON "leads" USING btree ("account_id","source","subject") WHERE status = 'OPEN';
