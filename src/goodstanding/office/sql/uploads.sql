-- What was handed in goes after its time; the office and the parties see it, and nobody else.
REVOKE ALL ON office_upload FROM PUBLIC, goodstanding_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON office_upload TO goodstanding_app;
