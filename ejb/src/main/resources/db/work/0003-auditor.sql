--liquibase formatted sql

--changeset auditor-work:0001
create policy node_auditor on node for select to tenantry_auditor using (true);
create policy job_execution_auditor on job_execution for select to tenantry_auditor using (true);
--rollback drop policy job_execution_auditor on job_execution; drop policy node_auditor on node;
