CREATE TABLE "license_revocations" (
	"account_id" uuid NOT NULL,
	"license_id" uuid NOT NULL,
	"revoked_at" timestamp (3) with time zone NOT NULL,
	"revoked_by" text NOT NULL,
	"reason" text NOT NULL,
	"ticket" text,
	CONSTRAINT "license_revocations_account_id_license_id_pk" PRIMARY KEY("account_id","license_id")
);

CREATE TABLE "seat_alerts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"term_starts_on" date NOT NULL,
	"seats" integer NOT NULL,
	"level" text NOT NULL,
	"users" integer NOT NULL,
	"raised_on" date NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seat_alerts_account_id_subscription_id_term_starts_on_seats_level_pk" PRIMARY KEY("account_id","subscription_id","term_starts_on","seats","level")
);

ALTER TABLE "deliveries" ALTER COLUMN "order_id" DROP NOT NULL;
ALTER TABLE "deliveries" ALTER COLUMN "order_number" DROP NOT NULL;
ALTER TABLE "deliveries" ADD COLUMN "purpose" text DEFAULT 'ORDER' NOT NULL;
ALTER TABLE "deliveries" ADD COLUMN "license_id" uuid;
ALTER TABLE "deliveries" ADD COLUMN "requested_by" text;
ALTER TABLE "deliveries" ADD COLUMN "reason" text;
ALTER TABLE "deliveries" ADD COLUMN "subject" text;
ALTER TABLE "deliveries" ADD COLUMN "body" text;
ALTER TABLE "deliveries" ADD COLUMN "failure" text;
ALTER TABLE "instances" ADD COLUMN "deactivated_at" timestamp (3) with time zone;
ALTER TABLE "instances" ADD COLUMN "deactivated_by" text;
ALTER TABLE "instances" ADD COLUMN "deactivation_cause" text;
ALTER TABLE "licenses" ADD COLUMN "subscription_version" integer;
ALTER TABLE "licenses" ADD COLUMN "issued_by" text;
ALTER TABLE "licenses" ADD COLUMN "reason" text;
ALTER TABLE "licenses" ADD COLUMN "ticket" text;
ALTER TABLE "license_revocations" ADD CONSTRAINT "license_revocations_account_id_license_id_licenses_account_id_id_fk" FOREIGN KEY ("account_id","license_id") REFERENCES "public"."licenses"("account_id","id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "license_revocations_license" ON "license_revocations" USING btree ("license_id");
CREATE INDEX "seat_alerts_by_subscription" ON "seat_alerts" USING btree ("subscription_id","raised_at");
CREATE INDEX "instances_id" ON "instances" USING btree ("id");
CREATE INDEX "instances_by_identifier" ON "instances" USING btree ("account_id","identifier");
CREATE INDEX "subscription_copies_name" ON "subscription_copies" USING btree ("name");
-- What was taken back stays so.
CREATE TRIGGER license_revocations_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "license_revocations" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
