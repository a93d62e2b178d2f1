-- When measures rest, and that they apply again. A suit by itself stops nothing (行政诉讼法 56, 行政复议法 42): a measure
-- rests whose own law says so, or every restriction of an entry whose decision was stayed. Days of events are of UTC:
-- where the authority sits it may be the next, so that a day to come is one after that.

CREATE OR REPLACE FUNCTION measures_admit_pause() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE k procedures_case; s procedures_step; today date;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    SELECT * INTO k FROM procedures_case WHERE id = measures_case_of_entry(NEW.record_id);
    IF NOT measures_names_law(NEW.basis) THEN
        PERFORM measures_refuse('GS-ORDER-065', 'a pause names the law that it rests on');
    END IF;
    IF k.id IS NULL OR NOT coalesce(measures_keeps(NEW.appointment_id, k, today), false) THEN
        PERFORM measures_refuse('GS-ORDER-066', 'an official of the authority that listed pauses its measures');
    END IF;
    SELECT * INTO s FROM procedures_step WHERE record_id = NEW.record_id AND act = 'serve_decision';
    IF NEW.from_on > today + 1 OR NEW.from_on < s.effective_from OR NEW.to_on > s.effective_to
       OR EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = NEW.record_id) THEN
        PERFORM measures_refuse('GS-ORDER-067', 'a pause is of an entry that stands, within its days, and does not begin on a day to come');
    END IF;
    IF NOT EXISTS (SELECT FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
                   WHERE o.record_id = NEW.record_id AND m.effect = 'restriction' AND (NEW.stayed OR m.pauses_in_suit)) THEN
        PERFORM measures_refuse('GS-ORDER-068', 'the law of no restriction of this entry lets it rest during a suit');
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS measures_pause_admitted ON measures_pause;
CREATE TRIGGER measures_pause_admitted BEFORE INSERT ON measures_pause
    FOR EACH ROW EXECUTE FUNCTION measures_admit_pause();

CREATE OR REPLACE FUNCTION measures_admit_shield() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE today date;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    IF NOT measures_names_law(NEW.basis) THEN
        PERFORM measures_refuse('GS-ORDER-065', 'a shield names the law that it rests on');
    END IF;
    IF NOT EXISTS (SELECT FROM procedures_case k WHERE k.subject_id = NEW.subject_id
                   AND k.kind = 'listing' AND measures_keeps(NEW.appointment_id, k, today)
                   AND EXISTS (SELECT FROM procedures_step s WHERE s.case_id = k.id AND s.act = 'serve_decision')) THEN
        PERFORM measures_refuse('GS-ORDER-066', 'an official of an authority that listed the organisation shields it');
    END IF;
    IF NEW.from_on > today + 1 THEN
        PERFORM measures_refuse('GS-ORDER-067', 'a shield does not begin on a day to come');
    END IF;
    IF NOT EXISTS (SELECT FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
                   WHERE o.subject_id = NEW.subject_id AND m.effect = 'restriction' AND m.shielded_by_plan
                   AND NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id)) THEN
        PERFORM measures_refuse('GS-ORDER-068', 'the law of no restriction on this organisation lets a plan shield from it');
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS measures_shield_admitted ON measures_shield;
CREATE TRIGGER measures_shield_admitted BEFORE INSERT ON measures_shield
    FOR EACH ROW EXECUTE FUNCTION measures_admit_shield();

-- By the authority that keeps the list, on a day within the rest and not to come, once.
CREATE FUNCTION measures_admit_resumption() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE begun date; until date; today date; keeps boolean;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    IF NEW.pause_id IS NOT NULL THEN
        SELECT p.from_on, p.to_on, measures_keeps(NEW.appointment_id, k, today) INTO begun, until, keeps
            FROM measures_pause p JOIN procedures_case k ON k.id = measures_case_of_entry(p.record_id)
            WHERE p.id = NEW.pause_id;
    ELSE
        SELECT h.from_on, h.to_on, bool_or(measures_keeps(NEW.appointment_id, k, today)) INTO begun, until, keeps
            FROM measures_shield h JOIN procedures_case k ON k.subject_id = h.subject_id AND k.kind = 'listing'
            WHERE h.id = NEW.shield_id GROUP BY h.id;
    END IF;
    IF NOT coalesce(keeps, false) THEN
        PERFORM measures_refuse('GS-ORDER-066', 'an official of the authority that listed lets its measures apply again');
    END IF;
    IF NEW."on" < begun OR NEW."on" >= until OR NEW."on" > today + 1 THEN
        PERFORM measures_refuse('GS-ORDER-069', 'a rest ends within its days, and not on a day to come');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_resumption_admitted BEFORE INSERT ON measures_resumption
    FOR EACH ROW EXECUTE FUNCTION measures_admit_resumption();
