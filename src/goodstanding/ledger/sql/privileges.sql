-- Owner migrates; app adds; reader reads. On the ledger nobody but the owner may do more, and triggers
-- refuse it to the owner's programs too.
GRANT USAGE ON SCHEMA public TO goodstanding_app, goodstanding_reader;
DO $$
DECLARE target text;
BEGIN
    FOR target IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'ledger\_%' LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', target);
        -- Partitions are reached through their parent, whose checks see whole statements.
        CONTINUE WHEN target ~ '^ledger_content_[0-9]+$';
        EXECUTE format('GRANT SELECT, INSERT ON %I TO goodstanding_app', target);
        EXECUTE format('GRANT SELECT ON %I TO goodstanding_reader', target);
    END LOOP;
END $$;
REVOKE INSERT ON ledger_erasure FROM goodstanding_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO goodstanding_app;
REVOKE ALL ON FUNCTION ledger_erase(bigint, bigint, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_refuse_unless_open(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_erase(bigint, bigint, text) TO goodstanding_app;
GRANT EXECUTE ON FUNCTION ledger_refuse_unless_open(bigint[]) TO goodstanding_app;
