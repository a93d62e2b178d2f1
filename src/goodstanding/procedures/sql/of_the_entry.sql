-- A procedure that names no authority is of the one that made the entry: nobody else ends it that way.
CREATE FUNCTION procedures_before_the_authority_of_the_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM procedures_procedureversion v WHERE v.id = NEW.procedure_id AND v.authority = '')
       AND NOT EXISTS (
        SELECT FROM procedures_step s JOIN procedures_case made ON made.id = s.case_id
        WHERE s.record_id = NEW.record_id AND s.act = 'serve_decision' AND s.effective_to IS NOT NULL
          AND made.kind = 'listing' AND made.authority = NEW.authority) THEN
        PERFORM procedures_refuse('GS-CASE-076', 'the case is not before the authority that made the entry');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_case_of_the_entry BEFORE INSERT ON procedures_case
    FOR EACH ROW EXECUTE FUNCTION procedures_before_the_authority_of_the_entry();
