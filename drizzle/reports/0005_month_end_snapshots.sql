CREATE TABLE "metric_snapshots" (
	"report" text NOT NULL,
	"month" date NOT NULL,
	"line" integer NOT NULL,
	"values" jsonb NOT NULL,
	"definition_version" integer NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "metric_snapshots_report_month_line_pk" PRIMARY KEY("report","month","line")
);

CREATE INDEX "metric_snapshots_month_index" ON "metric_snapshots" USING btree ("month");
CREATE TRIGGER metric_snapshots_kept BEFORE UPDATE OR DELETE ON "metric_snapshots" FOR EACH ROW EXECUTE FUNCTION refuse_change();
