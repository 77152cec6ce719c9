CREATE TABLE "ramp_steps" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"seats" integer NOT NULL,
	"begun_at" timestamp (3) with time zone,
	CONSTRAINT "ramp_steps_account_id_subscription_id_starts_on_pk" PRIMARY KEY("account_id","subscription_id","starts_on")
);

CREATE INDEX "ramp_steps_subscription_id_starts_on_index" ON "ramp_steps" USING btree ("subscription_id","starts_on");
CREATE INDEX "ramp_steps_to_come" ON "ramp_steps" USING btree ("starts_on") WHERE begun_at is null;
