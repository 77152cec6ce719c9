-- A licence that was issued and a day that was counted are never edited: what follows them is another row.
CREATE TRIGGER licenses_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "licenses" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seat_reports_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "seat_reports" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
