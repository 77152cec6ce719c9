-- A licence that was issued and a day that was counted are never edited: what follows them is another row.
create trigger licenses_kept before update or delete on licenses for each row execute function refuse_change();
create trigger seat_reports_kept before update or delete on seat_reports for each row execute function refuse_change();
