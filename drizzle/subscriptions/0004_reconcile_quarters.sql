CREATE TABLE "reconciliations" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"term_id" uuid NOT NULL,
	"quarter" integer NOT NULL,
	"quarter_ends_on" date NOT NULL,
	"months_left" integer NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"users_max" integer,
	"seats" integer NOT NULL,
	"overage_seats" integer NOT NULL,
	"amount_minor" bigint,
	"currency" text,
	"counted_on" date NOT NULL,
	"charge_on" date,
	"due_on" date,
	"attempts" integer NOT NULL,
	"order_id" uuid,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "reconciliations_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "reconciliations_count_up" CHECK ("reconciliations"."overage_seats" >= 0)
);

CREATE TABLE "seat_counts" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"counted_on" date NOT NULL,
	"users" integer NOT NULL,
	"users_max" integer NOT NULL,
	CONSTRAINT "seat_counts_account_id_subscription_id_counted_on_pk" PRIMARY KEY("account_id","subscription_id","counted_on")
);

ALTER TABLE "account_copies" ADD COLUMN "has_master_agreement" boolean;
ALTER TABLE "subscriptions" ADD COLUMN "deal_type" text;
ALTER TABLE "subscriptions" ADD COLUMN "license_kind" text;
ALTER TABLE "subscriptions" ADD COLUMN "reconciles_on" date;
CREATE UNIQUE INDEX "reconciliations_of_quarter" ON "reconciliations" USING btree ("account_id","term_id","quarter");
CREATE INDEX "reconciliations_subscription_id_index" ON "reconciliations" USING btree ("subscription_id");
CREATE INDEX "reconciliations_account_id_order_id_index" ON "reconciliations" USING btree ("account_id","order_id");
CREATE INDEX "reconciliations_due" ON "reconciliations" USING btree ("due_on") WHERE due_on is not null;
CREATE INDEX "subscriptions_reconciling" ON "subscriptions" USING btree ("reconciles_on") WHERE reconciles_on is not null;

-- What is agreed already is looked at from its next quarter on.
update subscriptions s set reconciles_on = (
  select min(day) from subscription_versions v
    join terms t on t.account_id = v.account_id and t.id = v.term_id
    cross join generate_series(1, 3) as quarter
    cross join lateral (select (t.starts_on + make_interval(months => 3 * quarter))::date as ends_on) as quarters
    cross join lateral (select quarters.ends_on + case when v.deployment = 'SELF_MANAGED' then 6 else 0 end as day) as looked
  where v.account_id = s.account_id and v.subscription_id = s.id and v.number = s.version
    and quarters.ends_on < t.ends_on and looked.day > current_date
) where s.is_base;
