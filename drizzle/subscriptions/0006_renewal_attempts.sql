CREATE TABLE "card_copies" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ends_on" date,
	CONSTRAINT "card_copies_account_id_id_pk" PRIMARY KEY("account_id","id")
);

CREATE TABLE "renewal_attempts" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"term_id" uuid NOT NULL,
	"term_ends_on" date NOT NULL,
	"status" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"seats" integer,
	"order_id" uuid,
	"attempted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "renewal_attempts_account_id_id_pk" PRIMARY KEY("account_id","id")
);

ALTER TABLE "account_copies" ADD COLUMN "is_auto_pay" boolean;
CREATE UNIQUE INDEX "renewal_attempts_of_term" ON "renewal_attempts" USING btree ("account_id","term_id");
CREATE INDEX "renewal_attempts_subscription_id_index" ON "renewal_attempts" USING btree ("subscription_id");
CREATE INDEX "renewal_attempts_account_id_order_id_index" ON "renewal_attempts" USING btree ("account_id","order_id");
CREATE INDEX "terms_ends_on_index" ON "terms" USING btree ("ends_on");
