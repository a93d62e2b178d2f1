-- What may be ordered, by which law and from whom, the owner of the database writes. The app role reads it.
REVOKE INSERT ON measures_measureversion, measures_memorandumversion, measures_body FROM goodstanding_app;
