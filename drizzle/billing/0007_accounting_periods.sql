CREATE TABLE "accounting_periods" (
	"month" date PRIMARY KEY NOT NULL,
	"is_closed" boolean NOT NULL,
	"last_sequence" integer NOT NULL
);

CREATE TABLE "period_acts" (
	"month" date NOT NULL,
	"sequence" integer NOT NULL,
	"act" text NOT NULL,
	"reason" text,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"correlation_id" text NOT NULL,
	CONSTRAINT "period_acts_month_sequence_pk" PRIMARY KEY("month","sequence")
);

ALTER TABLE "period_acts" ADD CONSTRAINT "period_acts_month_accounting_periods_month_fk" FOREIGN KEY ("month") REFERENCES "public"."accounting_periods"("month") ON DELETE no action ON UPDATE no action;

CREATE TRIGGER period_acts_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "period_acts" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The wall behind the check: whoever posts while a month is being closed has waited for the lock on this table, and finds
-- it closed here. It is told as a collision, so the transaction is tried again and refused in words.
CREATE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM accounting_periods period WHERE period.month = date_trunc('month', NEW.posted_on)::date AND period.is_closed) THEN
		RAISE EXCEPTION 'the books of % are closed', to_char(NEW.posted_on, 'YYYY-MM') USING ERRCODE = 'serialization_failure';
	END IF;
	RETURN NEW;
END $$;

CREATE TRIGGER journal_entries_in_open_periods BEFORE INSERT ON "journal_entries" FOR EACH ROW EXECUTE FUNCTION refuse_closed_period();
