--liquibase formatted sql

--changeset launch:security-keys
--comment Keys in hardware (FIDO) have kinds with an at sign and dots in their names.
alter table ssh_key drop constraint ssh_key_line_ck;
alter table ssh_key add constraint ssh_key_line_ck check (line ~ '^[a-z0-9-]+(@openssh[.]com)? [A-Za-z0-9+/]+=*$');
--rollback alter table ssh_key drop constraint ssh_key_line_ck; alter table ssh_key add constraint ssh_key_line_ck check (line ~ '^[a-z0-9-]+ [A-Za-z0-9+/]+=*$') not valid;
