-- An entry of ours is erased only when its case has ended it: nothing goes off a list without its procedure. It holds
-- for the owner's programs too.
CREATE FUNCTION procedures_entries_end_before_they_go() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh f JOIN procedures_step made ON made.record_id = f.record_id AND made.act = 'serve_decision'
            AND made.effective_to IS NOT NULL
        WHERE NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = f.record_id)) THEN
        PERFORM procedures_refuse('GS-CASE-106', 'an entry of ours is erased only after its case has ended it');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_erasure_after_its_case AFTER INSERT ON ledger_erasure REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION procedures_entries_end_before_they_go();
