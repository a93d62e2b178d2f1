-- Attempts to sign in are counted and forgotten by whoever signs people in; nobody else sees them.
REVOKE ALL ON office_attempt FROM PUBLIC, goodstanding_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON office_attempt TO goodstanding_app;
