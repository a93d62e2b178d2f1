-- A case ends what it is about, and nothing else: its own entry, or the record that it was opened for. An entry is made
-- by a listing alone, in the event in which its record came to be.
CREATE FUNCTION procedures_admit_its_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k procedures_case; mine bigint;
BEGIN
    SELECT * INTO k FROM procedures_case WHERE id = NEW.case_id;
    IF NEW.act = 'lift' THEN
        mine := k.record_id;
        IF k.kind = 'listing' THEN
            SELECT s.record_id INTO mine FROM procedures_step s
            WHERE s.case_id = k.id AND s.act = 'serve_decision' AND s.effective_to IS NOT NULL;
        END IF;
        IF NEW.record_id IS DISTINCT FROM mine THEN
            PERFORM procedures_refuse('GS-CASE-096', 'a case lifts its own entry, or the record that it is about');
        END IF;
    END IF;
    IF NEW.effective_to IS NOT NULL AND (k.kind <> 'listing' OR NEW.record_id >> 32 <> NEW.event_id) THEN
        PERFORM procedures_refuse('GS-CASE-096', 'only a listing makes an entry, in its own event');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER procedures_step_its_record BEFORE INSERT ON procedures_step
    FOR EACH ROW EXECUTE FUNCTION procedures_admit_its_record();
