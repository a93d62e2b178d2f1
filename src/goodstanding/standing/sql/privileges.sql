-- Assessments of older runs go when a newer one stands; runs and their manifests stay.
REVOKE ALL ON standing_run, standing_assessment, standing_assessmentline FROM PUBLIC;
GRANT SELECT, INSERT ON standing_run TO goodstanding_app;
GRANT SELECT, INSERT, DELETE ON standing_assessment, standing_assessmentline TO goodstanding_app;
GRANT SELECT ON standing_run, standing_assessment, standing_assessmentline TO goodstanding_reader;
