-- Who may empty the log of the counter, and that no event speaks for a row that is not there.

-- What need not be kept goes by the day of an event, and whoever writes an event names its day: so the web server's
-- role, which writes events all day long, cannot empty the log. The nightly command does, as the owner of the tables.
REVOKE ALL ON FUNCTION measures_forget(bigint) FROM PUBLIC, goodstanding_app, goodstanding_reader;

-- The log is told by the digests of its events. One without its row would look like a row that somebody removed.
CREATE FUNCTION measures_digest_has_its_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_event e WHERE e.id = NEW.event_id AND e.kind = 'case' AND e.digest <> '')
       AND NOT EXISTS (SELECT FROM measures_question q WHERE q.event_id = NEW.event_id)
       AND NOT EXISTS (SELECT FROM measures_use u WHERE u.event_id = NEW.event_id) THEN
        PERFORM measures_refuse('GS-COUNTER-056', 'the event has a digest, and no question or use that it is of');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_position_digest_has_its_row BEFORE INSERT ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION measures_digest_has_its_row();
