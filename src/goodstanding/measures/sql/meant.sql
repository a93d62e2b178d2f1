-- An answer at the counter names measures on the organisation that was asked about, and on nobody else: the subject of
-- the order, or one that was judged to be the same both when the entry was made and now.

CREATE FUNCTION measures_meant(o measures_order, asked bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.subject_id = asked OR (
        SELECT bool_and(ledger_head(o.subject_id, known.number) = ledger_head(asked, known.number))
        FROM (SELECT number FROM ledger_position WHERE event_id = o.record_id >> 32
              UNION ALL SELECT max(number) FROM ledger_position) known)
$$;

CREATE FUNCTION measures_admit_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM jsonb_array_elements(NEW.answer::jsonb) line
        WHERE NOT EXISTS (
            SELECT FROM measures_order o JOIN measures_body b ON b.id = o.authority_id
            JOIN measures_measureversion m ON m.id = o.measure_id
            JOIN procedures_appointment a ON a.id = NEW.appointment_id
            WHERE o.public_id::text = line->>'order' AND m.path = line->>'measure' AND b.path = a.authority
              AND m.processes ? NEW.process AND NEW."on" >= o.from_on AND NEW."on" < o.to_on
              AND NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id AND l."on" <= NEW."on")
              AND NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = o.record_id AND e.counts_until <= NEW."on")
              AND NOT EXISTS (SELECT FROM ledger_erasure x WHERE x.record_id = o.record_id)
              AND measures_meant(o, NEW.subject_id))) THEN
        PERFORM measures_refuse('GS-COUNTER-072',
            'an answer names measures in force on the organisation and in the business that were asked about');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_question_about_its_subject BEFORE INSERT ON measures_question
    FOR EACH ROW EXECUTE FUNCTION measures_admit_answer();
