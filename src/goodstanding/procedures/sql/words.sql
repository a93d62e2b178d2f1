-- Laws and reasons say something, whatever blanks they are typed with, and no step names a person.

CREATE FUNCTION procedures_step_says() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.act IN ('decide', 'confirm', 'keep') OR NEW.party = 'law'
        OR NEW.outcome IN ('dismissed', 'rejected', 'returned')) AND NOT ledger_says_something(NEW.reasons) THEN
        PERFORM procedures_refuse('GS-CASE-108', 'what is decided has reasons');
    END IF;
    IF (NEW.act IN ('decide', 'confirm', 'keep') OR NEW.basis <> '[]'::jsonb) AND NOT ledger_names_law(NEW.basis) THEN
        PERFORM procedures_refuse('GS-CASE-108', 'what is decided names the law that it rests on');
    END IF;
    IF NEW.act IN ('serve_notice', 'serve_decision') AND NOT ledger_says_something(NEW.served_how) THEN
        PERFORM procedures_refuse('GS-CASE-108', 'it is said how a document was served');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_says BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_step_says();
CREATE TRIGGER procedures_step_names_nobody AFTER INSERT ON procedures_step REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_name_nobody('reasons', 'basis', 'text', 'served_how');
CREATE TRIGGER procedures_withdrawal_says AFTER INSERT ON procedures_withdrawal REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_require_words('reason');
CREATE TRIGGER procedures_withdrawal_names_nobody AFTER INSERT ON procedures_withdrawal REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_name_nobody('reason');

CREATE OR REPLACE FUNCTION procedures_admit_grounds(wanted bigint, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM procedures_ground g WHERE g.case_id = wanted) OR EXISTS (
        SELECT FROM procedures_ground g LEFT JOIN ledger_content c ON c.record_id = g.record_id
        WHERE g.case_id = wanted
          AND (c.record_id IS NULL OR NOT ledger_says_something(c.body::jsonb->'instrument'->>'number'))) THEN
        PERFORM procedures_refuse('GS-CASE-061', 'a listing rests on records whose legal basis is stated');
    END IF;
    IF EXISTS (SELECT FROM procedures_ground g JOIN ledger_ending e ON e.record_id = g.record_id
               WHERE g.case_id = wanted AND e.counts_until <= day) THEN
        PERFORM procedures_refuse('GS-CASE-061', 'a record that the listing rests on has ended');
    END IF;
END $$;
