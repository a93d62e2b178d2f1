-- Drafts change and go, and nobody but the office sees them.
REVOKE ALL ON office_draft FROM PUBLIC, goodstanding_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON office_draft TO goodstanding_app;
GRANT USAGE ON SEQUENCE office_draft_id_seq TO goodstanding_app;
