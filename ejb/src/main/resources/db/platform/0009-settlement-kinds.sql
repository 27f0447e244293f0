--liquibase formatted sql

--changeset settlement:0007
alter table settlement_line drop constraint settlement_line_kind_ck;
alter table settlement_line add constraint settlement_line_kind_ck check (kind ~ '^[A-Z]+(_[A-Z]+)*$');
comment on column settlement_line.kind is 'SERVICE and OPTION of hours; PERCENT, PER_SERVICE, PER_ORGANIZATION and MINIMUM of fees; else the kind of the item as the reseller''s books name it: whatever they have can be settled';
--rollback alter table settlement_line drop constraint settlement_line_kind_ck; alter table settlement_line add constraint settlement_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER', 'PERCENT', 'PER_SERVICE', 'PER_ORGANIZATION', 'MINIMUM')); comment on column settlement_line.kind is null;
