CREATE TABLE "charge_endings" (
	"account_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"ends_on" date NOT NULL,
	CONSTRAINT "charge_endings_account_id_charge_id_version_number_pk" PRIMARY KEY("account_id","charge_id","version_number")
);

CREATE TABLE "waiting_versions" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"effective_on" date NOT NULL,
	CONSTRAINT "waiting_versions_account_id_subscription_id_number_pk" PRIMARY KEY("account_id","subscription_id","number")
);

ALTER TABLE "subscription_versions" ADD COLUMN "cancels_on" date;
ALTER TABLE "subscription_versions" ADD COLUMN "plan_at_renewal" jsonb;
ALTER TABLE "charge_endings" ADD CONSTRAINT "endings_of_charge" FOREIGN KEY ("account_id","charge_id") REFERENCES "public"."charges"("account_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "charge_endings" ADD CONSTRAINT "endings_of_version" FOREIGN KEY ("account_id","subscription_id","version_number") REFERENCES "public"."subscription_versions"("account_id","subscription_id","number") ON DELETE no action ON UPDATE no action;
CREATE INDEX "charge_endings_subscription_id_index" ON "charge_endings" USING btree ("subscription_id");
CREATE INDEX "waiting_versions_effective_on_index" ON "waiting_versions" USING btree ("effective_on");
CREATE INDEX "subscription_versions_cancelling" ON "subscription_versions" USING btree ("cancels_on") WHERE cancels_on is not null;

create trigger charge_endings_kept before update or delete on charge_endings for each row execute function refuse_change();
