-- Whoever does not report a lifting in time is reminded, one step after the other, until it is reported.
CREATE FUNCTION measures_admit_reminder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ended date; today date;
BEGIN
    SELECT e.day INTO today FROM ledger_event e WHERE e.id = NEW.event_id;
    SELECT l."on" INTO ended FROM measures_lifting l WHERE l.order_id = NEW.order_id;
    IF ended IS NULL OR ended >= today OR NEW."on" <> today THEN
        PERFORM measures_refuse('GS-ORDER-102', 'nobody is reminded of a lifting before its day is over');
    END IF;
    IF coalesce((SELECT r.done FROM measures_report r WHERE r.order_id = NEW.order_id AND r.about = 'lifted'
                 ORDER BY r.id DESC LIMIT 1), false) THEN
        PERFORM measures_refuse('GS-ORDER-103', 'what was reported as lifted is chased no more');
    END IF;
    IF NEW.number > 1 AND NOT EXISTS (SELECT FROM measures_reminder m WHERE m.order_id = NEW.order_id
                                      AND m.number = NEW.number - 1 AND m.late <= NEW.late) THEN
        PERFORM measures_refuse('GS-ORDER-104', 'reminders follow one another');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measures_reminder_admitted BEFORE INSERT ON measures_reminder
    FOR EACH ROW EXECUTE FUNCTION measures_admit_reminder();
