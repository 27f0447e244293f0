--liquibase formatted sql

--changeset catalog:0003
--comment Unlimited transfer is said, and no limit of nothing. Packages of VirtFusion that say nothing have none.
alter table plan add column transfer_unlimited boolean not null default false;
alter table plan add constraint plan_transfer_ck check (not transfer_unlimited or transfer_gib = 0);
comment on column plan.transfer_unlimited is 'nothing that is sent is beyond what is included';
alter table stock_size add column transfer_unlimited boolean not null default false;
comment on column stock_size.transfer_unlimited is 'the vendor takes nothing for whatever is sent';
update stock_size z
   set transfer_unlimited = true
  from provider_account a
 where a.id = z.account_id and a.vendor = 'virtfusion' and z.transfer_gib = 0;
update plan p
   set transfer_unlimited = true
  from plan_source o
  join stock_size z on z.id = o.size_id and z.transfer_unlimited
 where o.plan_id = p.id and p.transfer_gib = 0;
--rollback alter table stock_size drop column transfer_unlimited; alter table plan drop column transfer_unlimited;
