-- Posted documents and the journal are added to and never changed, whoever asks and whatever the program does.
CREATE TRIGGER invoices_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "invoices" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_lines_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "invoice_lines" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocations_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "allocations" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_entries_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal_entries" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_postings_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal_postings" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An entry is written by one statement, so after it the entry must sum to zero in each currency. The whole entry is
-- summed, so that a side added later to an entry that stands is refused as well.
CREATE FUNCTION refuse_unbalanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (
		SELECT 1 FROM journal_postings posting
		WHERE (posting.account_id, posting.entry_id) IN (SELECT account_id, entry_id FROM added)
		GROUP BY posting.account_id, posting.entry_id, posting.currency
		HAVING sum(posting.debit_minor) <> sum(posting.credit_minor)
	) THEN
		RAISE EXCEPTION 'a journal entry must sum to zero in each currency' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NULL;
END $$;

CREATE TRIGGER journal_entries_sum_to_zero AFTER INSERT ON "journal_postings" REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_entry();
