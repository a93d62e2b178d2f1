-- What measures wrote is covered by the chain of positions; the log is covered by the digests of its events.
-- A table that comes later stands last: an event that wrote nothing there keeps its root.
CREATE OR REPLACE FUNCTION measures_event_root(wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'UTC' AS $$
DECLARE target text; part bytea; total bytea := ''::bytea;
BEGIN
    FOREACH target IN ARRAY ARRAY['measures_measureversion', 'measures_memorandumversion', 'measures_body',
        'measures_order', 'measures_subscription', 'measures_lifting', 'measures_report', 'measures_pause',
        'measures_shield', 'measures_business', 'measures_forgetting', 'measures_resumption', 'measures_adoption',
        'measures_repeal', 'measures_reminder'] LOOP
        EXECUTE format('SELECT sha256(string_agg(sha256(convert_to(t::text, ''UTF8'')), ''''::bytea ORDER BY t.id))'
            ' FROM %I t WHERE t.event_id = $1', target) INTO part USING wanted;
        total := total || coalesce(part, ''::bytea);
    END LOOP;
    RETURN total;
END $$;

CREATE OR REPLACE FUNCTION ledger_event_root_beyond(wanted bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT procedures_event_root(wanted) || measures_event_root(wanted)
$$;
