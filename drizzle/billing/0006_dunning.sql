CREATE TABLE "reminders" (
	"account_id" uuid NOT NULL,
	"invoice_id" uuid NOT NULL,
	"step" integer NOT NULL,
	"days_overdue" integer NOT NULL,
	"currency" text NOT NULL,
	"balance_minor" bigint NOT NULL,
	"reminded_on" date NOT NULL,
	"reminded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reminders_account_id_invoice_id_step_pk" PRIMARY KEY("account_id","invoice_id","step")
);

CREATE TABLE "standings" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"is_held" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);

ALTER TABLE "reminders" ADD CONSTRAINT "reminders_account_id_invoice_id_invoices_account_id_id_fk" FOREIGN KEY ("account_id","invoice_id") REFERENCES "public"."invoices"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "reminders_invoice_id_step_index" ON "reminders" USING btree ("invoice_id","step");

-- What was sent was sent.
CREATE TRIGGER reminders_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "reminders" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
